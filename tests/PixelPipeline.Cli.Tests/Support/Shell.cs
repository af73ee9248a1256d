using System.Diagnostics;

namespace PixelPipeline.Cli.Tests.Support;

/// <summary>Runs command lines that documents show.</summary>
internal static class Shell
{
    /// <summary>Runs one; gives its standard output, and fails the test unless it ends well.</summary>
    public static async Task<string> RunAsync(string command)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await errors + output);
        return output;
    }
}
