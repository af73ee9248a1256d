using System.CommandLine;
using System.Net.Sockets;
using Google;

namespace PixelPipeline.Cli;

/// <summary>Runs a command line to its exit code: 0 done, 1 failed, 2 not understood.</summary>
internal static class CommandLineRunner
{
    private const int Failed = 1;
    private const int Usage = 2;

    public static async Task<int> RunAsync(RootCommand root, string[] args, CancellationToken cancellationToken)
    {
        var command = root.Parse(args);
        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            var exitCode = await command.InvokeAsync(configuration, cancellationToken);
            return command.Errors.Count > 0 ? Usage : exitCode;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return Failed;
        }
        catch (Exception e) when (Explain(e) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return Failed;
        }
    }

    // What is not listed here is a fault of the program, and its stack trace is what mends it.
    private static string? Explain(Exception exception) => exception switch
    {
        CommandException e => e.Message,
        GoogleApiException e => e.Error?.Message ?? e.Message,
        HttpRequestException { InnerException: SocketException } => "BigQuery does not answer. Is `pixel up` running? Name another one with --bigquery HOST:PORT.",
        _ => null,
    };
}
