/** Internal: places other than drop folders that bundles come from: buckets, servers, queues and topics. */
package io.github.venicevideo.intake.source;
