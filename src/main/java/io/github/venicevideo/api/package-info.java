/**
 * What a host uses beside {@link io.github.venicevideo.VeniceVideo}. This is what is promised to hosts: the exceptions that they get, the
 * states of jobs, a plan of asking that they may bring, and the contract of a store of consents of their own. All other packages are
 * internal, and public only because Java knows no other way from one package to the next.
 */
package io.github.venicevideo.api;
