using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net.Sockets;
using Google;
using PixelPipeline.Cli.Output;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli;

/// <summary>Runs a command line to its exit code: 0 done, 1 failed, 2 not understood, 130 broken off by Ctrl-C.</summary>
internal static class CommandLineRunner
{
    /// <summary>As shells have it for a program that SIGINT ended.</summary>
    public const int BrokenOff = 130;

    private const int Failed = 1;
    private const int Usage = 2;

    public static async Task<int> RunAsync(RootCommand root, string[] args, CancellationToken cancellationToken)
    {
        var command = root.Parse(args);
        if (UsageError(command) is { } error)
        {
            // To standard error alone, and without all the help: what is wrong stays in sight, and out of a file or a pipe.
            await Console.Error.WriteLineAsync(error);
            return Usage;
        }

        var configuration = new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        try
        {
            return await command.InvokeAsync(configuration, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Broken off.");
            return BrokenOff;
        }
        catch (CommandException e) when (e.InnerException is OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return BrokenOff;
        }
        catch (Exception e) when (Explain(e) is { } message)
        {
            await Console.Error.WriteLineAsync(message);
            return Failed;
        }
    }

    /// <summary>What is wrong with a command line, and where its help is, in one line; null where it is understood.</summary>
    public static string? UsageError(ParseResult command)
    {
        // One for each option: that it is empty, say, and therefore no number, is one mistake.
        var messages = command.Errors.DistinctBy(e => e.SymbolResult is CommandResult ? (object)e : e.SymbolResult).Select(e => e.Message).Distinct().ToList();
        if (messages.Count == 0)
        {
            return null;
        }

        var unknown = messages.Where(m => !m.StartsWith("Required command", StringComparison.Ordinal)).ToList();
        return TerminalText.WithoutControls($"{string.Join(' ', unknown.Count > 0 ? unknown : messages)} See `{NameOf(command.CommandResult)} --help`.");
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
