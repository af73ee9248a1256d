using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using Google;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli;

/// <summary>Runs a command line to its exit code: 0 done, 1 failed, 2 not understood.</summary>
internal static class CommandLineRunner
{
    private const int Failed = 1;
    private const int Usage = 2;

    public static async Task<int> RunAsync(RootCommand root, string[] args, CancellationToken cancellationToken)
    {
        var command = root.Parse(args);
        if (command.Errors.Count > 0)
        {
            return await TellUsageAsync(command);
        }

        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await command.InvokeAsync(configuration, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Broken off.");
            return Failed;
        }
        catch (Exception e) when (Explain(e) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return Failed;
        }
    }

    // To standard error alone, and without all the help: what is wrong stays in sight, and out of a file or a pipe.
    private static async Task<int> TellUsageAsync(ParseResult command)
    {
        var messages = command.Errors.Select(e => e.Message).Distinct().ToList();
        var unknown = messages.Where(m => !m.StartsWith("Required command", StringComparison.Ordinal)).ToList();
        foreach (var message in unknown.Count > 0 ? unknown : messages)
        {
            await Console.Error.WriteLineAsync(message);
        }

        await Console.Error.WriteLineAsync($"See `{NameOf(command.CommandResult)} --help`.");
        return Usage;
    }

    private static string NameOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "pixel";

    // What is not listed here is a fault of the program, and its stack trace is what mends it.
    private static string? Explain(Exception exception) => exception switch
    {
        CommandException e => e.Message,
        RowNotCommittedException e => $"{e.Message} Run it again: what is written already is not written twice.",
        GoogleApiException { Error.Message: { Length: > 0 } said } => said,
        GoogleApiException e => $"BigQuery answers {(int)e.HttpStatusCode} and does not say why. Is it BigQuery that --bigquery HOST:PORT names?",
        HttpRequestException { InnerException: SocketException } e => $"BigQuery does not answer: {e.Message}. Is `pixel up` running? Name another one with --bigquery HOST:PORT.",
        IOException or UnauthorizedAccessException => $"Reading or writing failed: {exception.Message}",
        _ => null,
    };
}
