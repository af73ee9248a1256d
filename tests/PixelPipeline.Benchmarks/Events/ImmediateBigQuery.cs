using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Benchmarks.Events;

/// <summary>
/// <c>serve-bigquery</c>: answers every call at once. Every table is there, in the layout that its dataset is called by, with the
/// columns that ship; every row is taken, and nothing is kept.
/// <c>GET /calls</c> tells how many calls there were.
/// </summary>
internal static class ImmediateBigQuery
{
    public const string Name = "serve-bigquery";

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
        var columns = await File.ReadAllTextAsync(BuiltFiles.OfCheckout().SchemaFile, cancellationToken);
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
            await context.Response.WriteAsync(isInsert ? """{"kind":"bigquery#tableDataInsertAllResponse"}""" : Table(context.Request.Path, columns), cancellationToken);
        });
        await HostingAbstractionsHostExtensions.RunAsync(app, cancellationToken);
    }

    // …/datasets/LAYOUT/tables/ID
    private static string Table(string path, string columns)
    {
        var parts = path.Split('/');
        var layout = parts[Array.IndexOf(parts, "datasets") + 1];
        return $$$"""{"kind":"bigquery#table","id":"p:d.t","tableReference":{"projectId":"p","datasetId":"d","tableId":"t"},"type":"TABLE","labels":{"pixel_layout":"{{{layout}}}"},"schema":{"fields":{{{columns}}} }}""";
    }
}
