using System.Diagnostics;

namespace PixelPipeline.Deploy.Tests;

/// <summary>The tools of this machine that some tests need.</summary>
internal static class Tools
{
    /// <summary>Skips the test, with the reason, where the tool is missing.</summary>
    public static void Require(string tool, string hint)
    {
        var found = Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(p => File.Exists(Path.Combine(p, tool)));
        if (!found)
        {
            Assert.Ignore($"{tool} is not installed; {hint}");
        }
    }

    public static string Run(string tool, string[] words, string input = "")
    {
        var start = new ProcessStartInfo(tool, words)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Zero, () => errors.GetAwaiter().GetResult() + output);
        return output;
    }
}
