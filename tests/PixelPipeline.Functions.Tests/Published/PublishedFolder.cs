using System.Diagnostics;
using System.Text.RegularExpressions;

namespace PixelPipeline.Functions.Tests.Published;

/// <summary>
/// The function as the cloud's build lays it out: the two commands of
/// <see href="https://github.com/GoogleCloudPlatform/buildpacks/tree/main/cmd/dotnet/publish">its buildpack</see>,
/// with the variable that chooses the project.
/// </summary>
internal sealed partial class PublishedFolder : IDisposable
{
    private const string Project = "src/PixelPipeline.Functions";

    private readonly TempFolder _folder = new();

    public string Assembly => Path.Combine(Output, "PixelPipeline.Functions.dll");

    public string Output => Path.Combine(_folder.Path, "bin");

    /// <summary>Publishes; skips the tests where the feed lacks what compiling ahead of time takes.</summary>
    public static async Task<PublishedFolder> MakeAsync()
    {
        var published = new PublishedFolder();
        try
        {
            await published.RunAsync("restore", Project);
            await published.RunAsync("publish", "-nologo", "--verbosity", "minimal", "--configuration", "Release", "--output", published.Output, "--no-restore", Project);
            return published;
        }
        catch
        {
            published.Dispose();
            throw;
        }
    }

    public void Dispose() => _folder.Dispose();

    private async Task RunAsync(params string[] arguments)
    {
        // Build output apart from the checkout's, which this build would otherwise leave for another platform.
        var start = new ProcessStartInfo("dotnet", [.. arguments, "--artifacts-path", Path.Combine(_folder.Path, "artifacts")])
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
        };
        start.Environment["GOOGLE_BUILDABLE"] = Project;
        start.Environment["RunAnalyzers"] = "false"; // they have no say in what is published, and the build of these tests ran them
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0 && LackingPack().Match(output) is { Success: true } lacking)
        {
            Assert.Ignore($"The package feed lacks what ReadyToRun takes: {lacking.Value}");
        }

        Assert.That(process.ExitCode, Is.Zero, output);
    }

    [GeneratedRegex(@"NU110[12]: [^\n]*Microsoft\.(NETCore|AspNetCore)\.App\.[^\n]*")]
    private static partial Regex LackingPack();
}
