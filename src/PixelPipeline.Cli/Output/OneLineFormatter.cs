using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace PixelPipeline.Cli.Output;

/// <summary>
/// One line for each thing told, <c>11:12:28 warn: Function: …</c>, without colours; of an exception, what it says. Stack
/// traces would bury the line that says what to mend.
/// </summary>
internal sealed class OneLineFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "one-line";

    private const int MaxLength = 1_000;

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var said = logEntry.Exception is { } e ? $" ({e.GetType().Name}: {e.Message})" : "";
        var text = TerminalText.OneLine($"{logEntry.Formatter(logEntry.State, logEntry.Exception)}{said}", MaxLength);
        var category = logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..];
        textWriter.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.UtcNow:HH:mm:ss} {ToLabel(logEntry.LogLevel)}: {category}: {text}"));
    }

    private static string ToLabel(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
