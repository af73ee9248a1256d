using System.Diagnostics.CodeAnalysis;

namespace PixelPipeline.Functions;

/// <summary>Ends a start that cannot succeed, with one line for each thing to mend.</summary>
internal static class StartupErrors
{
    /// <summary>
    /// Writes the lines to standard error and ends the process with exit code 1. The framework owns <c>Main</c>: an
    /// exception from here would bury the lines under its stack trace.
    /// </summary>
    [DoesNotReturn]
    public static void End(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            Console.Error.WriteLine(line);
        }

        Environment.Exit(1);
    }
}
