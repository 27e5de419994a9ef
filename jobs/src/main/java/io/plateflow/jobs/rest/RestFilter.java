package io.plateflow.jobs.rest;

import java.util.Map;
import java.util.Optional;
import org.apache.flink.runtime.rest.handler.util.HandlerUtils;
import org.apache.flink.runtime.rest.messages.ErrorResponseBody;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelHandlerContext;
import org.apache.flink.shaded.netty4.io.netty.channel.ChannelInboundHandlerAdapter;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpRequest;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpResponseStatus;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.HttpUtil;
import org.apache.flink.shaded.netty4.io.netty.handler.codec.http.LastHttpContent;
import org.apache.flink.shaded.netty4.io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers 403 to what the policy refuses, and drops the body of it. */
final class RestFilter extends ChannelInboundHandlerAdapter {

  private static final Logger LOG = LoggerFactory.getLogger(RestFilter.class);

  private final RestPolicy policy;
  private boolean refusing;

  RestFilter(RestPolicy policy) {
    this.policy = policy;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (message instanceof HttpRequest request) {
      Optional<String> refusal = policy.refusal(request);
      refusing = refusal.isPresent();
      refusal.ifPresent(why -> refuse(context, request, why));
    }
    if (!refusing) {
      context.fireChannelRead(message);
      return;
    }
    if (message instanceof LastHttpContent) {
      refusing = false;
    }
    ReferenceCountUtil.release(message);
  }

  private static void refuse(ChannelHandlerContext context, HttpRequest request, String why) {
    LOG.debug("{}: from {}", why, context.channel().remoteAddress());
    HandlerUtils.sendErrorResponse(
        context,
        HttpUtil.isKeepAlive(request),
        new ErrorResponseBody(why),
        HttpResponseStatus.FORBIDDEN,
        Map.of());
  }
}
