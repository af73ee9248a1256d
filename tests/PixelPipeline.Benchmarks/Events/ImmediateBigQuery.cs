using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace PixelPipeline.Benchmarks.Events;

/// <summary>
/// <c>serve-bigquery</c>: answers every call at once. Every table is there, every row is taken, and nothing is kept.
/// <c>GET /calls</c> tells how many calls there were.
/// </summary>
internal static class ImmediateBigQuery
{
    public const string Name = "serve-bigquery";

    private const string Table = """{"kind":"bigquery#table","id":"p:d.t","tableReference":{"projectId":"p","datasetId":"d","tableId":"t"},"type":"TABLE"}""";

    private static readonly Argument<int> Port = new("port");

    public static Command Create()
    {
        var command = new Command(Name, "Answers calls to BigQuery at once") { Port };
        command.Hidden = true;
        command.SetAction((arguments, cancellationToken) => RunAsync(arguments.GetValue(Port), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int port, CancellationToken cancellationToken)
    {
        var calls = 0L;
        await using var app = BareServer.Kestrel(port);
        app.Run(async context =>
        {
            if (context.Request.Path == "/calls")
            {
                await context.Response.WriteAsync($"{Interlocked.Read(ref calls)}", cancellationToken);
                return;
            }

            Interlocked.Increment(ref calls);
            await context.Request.Body.CopyToAsync(Stream.Null, cancellationToken);
            context.Response.ContentType = "application/json; charset=utf-8";
            var isInsert = context.Request.Path.Value!.EndsWith("/insertAll", StringComparison.Ordinal);
            await context.Response.WriteAsync(isInsert ? """{"kind":"bigquery#tableDataInsertAllResponse"}""" : Table, cancellationToken);
        });
        await HostingAbstractionsHostExtensions.RunAsync(app, cancellationToken);
    }
}
