/** Internal: how objects go to buckets, in one piece or in parts, and what is left of those that broke off. */
package io.github.venicevideo.s3;
