package io.plateflow.jobs.rest;

import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelPipeline;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpServerCodec;

/**
 * Puts the filter where requests come in. Flink's place for additions is behind the handler that
 * stores uploads.
 */
final class RestFilterInstaller extends ChannelHandlerAdapter {

  private final RestPolicy policy;

  RestFilterInstaller(RestPolicy policy) {
    this.policy = policy;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ChannelPipeline pipeline = context.pipeline();
    ChannelHandlerContext codec = pipeline.context(HttpServerCodec.class);
    if (codec == null) {
      throw new IllegalStateException("Cannot protect Flink's REST interface: no HTTP codec in it");
    }
    pipeline.addAfter(codec.name(), "plateflow-rest-filter", new RestFilter(policy));
    pipeline.remove(this);
  }
}
