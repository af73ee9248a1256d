using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting.Logging;

/// <summary>The line that a person reads: time, category, level, message, and the exception below.</summary>
internal static class TextLine
{
    internal static string Format(LogLine line)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{DateTime.UtcNow:yyyy-MM-dd'T'HH:mm:ss.fff'Z'} [{line.Category}] [{Level(line.Level)}] {line.Message}");
        return line.Exception is null ? text : $"{text}{Environment.NewLine}{line.Exception}";
    }

    private static string Level(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
