namespace PixelPipeline.Cli.Tests.Support;

/// <summary>
/// The pixel command in the process of the tests: a process of its own costs more than most commands do. What only a
/// process has (signals, variables, standard input, an end by force) is <see cref="PixelProcess"/>'s, and each command runs
/// there at least once.
/// </summary>
internal static class InProcess
{
    /// <summary>Runs a command to its end; gives what a process would give.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await ConsoleWriters.TakeAsync(output, errors, () => CommandLineRunner.RunAsync(PixelCommand.Root, arguments, CancellationToken.None));
        return (exitCode, Lines(output), Lines(errors));
    }

    /// <summary>As they come line by line out of a process.</summary>
    private static string Lines(StringWriter text)
    {
        using var reader = new StringReader(text.ToString());
        return string.Join('\n', ReadLines(reader));
    }

    private static IEnumerable<string> ReadLines(StringReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
