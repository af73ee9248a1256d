using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using PixelPipeline.Cli.Output;
using PixelPipeline.Local;

namespace PixelPipeline.Cli;

/// <summary>What the parts of the pipeline tell goes to standard error, a line each; standard output is the command's own.</summary>
internal static class ConsoleLog
{
    public static ILoggerFactory Create(LogLevel level) => LoggerFactory.Create(logging => logging
        .SetMinimumLevel(level)
        .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
        .AddFilter(DroppedEntries.Category, LogLevel.Information)
        .AddFilter("Microsoft.Extensions.Hosting", LogLevel.None) // a failed start is the caller's to tell, in one line
        .AddConsole(console => console.FormatterName = OneLineFormatter.FormatterName)
        .AddConsoleFormatter<OneLineFormatter, ConsoleFormatterOptions>()
        .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
}
