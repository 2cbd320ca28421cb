package io.deixis.service.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ServerChannel;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.impl.transports.JDKTransport;
import io.vertx.core.spi.VertxServiceProvider;
import java.util.List;

/**
 * Puts {@link UpgradeGuard}, {@link BrokenBodies} and {@link RefusalDocuments} among the handlers
 * of each connection that a server accepts. Vert.x has no settings for what they do. Quarkus finds
 * this class by its service file while it builds.
 */
public final class ConnectionHandlers implements VertxServiceProvider {

  /** The names that Vert.x gives its handlers. */
  private static final String UPGRADES = "h2c";

  private static final List<String> DECIDED = List.of(UPGRADES, "handler", "ssl");

  /** Handles the connections of every server, unless a native transport is asked for. */
  @Override
  public void init(VertxBuilder builder) {
    if (builder.findTransport() == JDKTransport.INSTANCE) {
      builder.findTransport(new Transport());
    }
  }

  private static final class Transport extends JDKTransport {

    @Override
    public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
      ChannelFactory<? extends ServerChannel> plain = super.serverChannelFactory(domainSocket);
      return () -> {
        ServerChannel server = plain.newChannel();
        server.pipeline().addLast(new Accepted());
        return server;
      };
    }
  }

  private static final class Accepted extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext server, Object connection) {
      ((Channel) connection).pipeline().addLast(new FirstBytes());
      server.fireChannelRead(connection);
    }
  }

  /**
   * Stands before Vert.x's handlers, which come as the first bytes tell the protocol. These go one
   * by one, so that the handlers are there before a head is whole.
   */
  private static final class FirstBytes extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      ChannelPipeline pipeline = context.pipeline();
      while (bytes.isReadable() && !isDecided(pipeline)) {
        context.fireChannelRead(bytes.readRetainedSlice(1));
      }
      if (isDecided(pipeline)) {
        if (pipeline.get(UPGRADES) != null) {
          pipeline.addBefore(UPGRADES, null, new UpgradeGuard());
          pipeline.addBefore(UPGRADES, null, new BrokenBodies());
          pipeline.addBefore(UPGRADES, null, new RefusalDocuments());
        }
        pipeline.remove(this);
      }
      if (bytes.isReadable()) {
        context.fireChannelRead(bytes);
      } else {
        bytes.release();
      }
    }

    private static boolean isDecided(ChannelPipeline pipeline) {
      return DECIDED.stream().anyMatch(handler -> pipeline.get(handler) != null);
    }
  }
}
