using System.CommandLine;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Hosting;

namespace PixelPipeline.Benchmarks.Events;

/// <summary>
/// <c>serve-bare</c>: Kestrel and nothing else, which reads each request's body and answers 200. No function in C# can
/// cost less than it.
/// </summary>
internal static class BareServer
{
    public const string Name = "serve-bare";

    private static readonly Argument<int> Port = new("port");

    public static Command Create()
    {
        var command = new Command(Name, "Serves requests with Kestrel alone") { Port };
        command.Hidden = true;
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(Port), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int port, CancellationToken cancellationToken)
    {
        await using var app = Kestrel(port);
        app.Run(async context =>
        {
            var body = context.Request.BodyReader;
            for (var isRead = false; !isRead;)
            {
                var part = await body.ReadAsync(cancellationToken);
                isRead = part.IsCompleted;
                body.AdvanceTo(part.Buffer.End);
            }
        });
        await HostingAbstractionsHostExtensions.RunAsync(app, cancellationToken);
    }

    /// <summary>Kestrel on a port of 127.0.0.1, without logging, routing or anything else.</summary>
    public static WebApplication Kestrel(int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        return builder.Build();
    }
}
