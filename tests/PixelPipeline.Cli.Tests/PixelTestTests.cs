using System.Runtime.Versioning;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests;

/// <summary><c>./pixel test</c>: all projects side by side, one verdict.</summary>
[UnsupportedOSPlatform("windows")]
[Platform(Exclude = "Win", Reason = "A bash script; on Windows, use the dotnet lines of the README.")]
internal sealed class PixelTestTests
{
    // Passes a project but one of this name; tells in its output with what it was called.
    private const string Dotnet = """
        #!/bin/sh
        case "$*" in
            *Failing.Tests.dll*) echo "Failed!  - Failed:     1, Passed: 1,000, Skipped:     0, Total: 1,001, Duration: 1 s"; exit 1 ;;
            *Crashing.Tests.dll*) echo "The active test run was aborted."; exit 1 ;;
            *Endless.Tests.dll*) kill -INT 0; exit 130 ;;
            *Empty.Tests.dll*) echo "No test matches the given testcase filter" ;;
            *.Tests.dll*) echo "Passed!  - Failed:     0, Passed:     2, Skipped:     1, Total:     3, Duration: 1 s"; echo "called: $*" ;;
            *PixelPipeline.sln*) [ ! -e broken ] || { echo "a.cs(1,1): error CS1002: ; expected"; exit 1; } ;;
        esac
        exit 0

        """;

    [Test]
    public async Task PixelTest_AllPass_SaysHowManyAndHowFarItIs()
    {
        using var checkout = await CheckoutAsync("One", "Two");
        var (exitCode, output, errors) = await checkout.RunAsync("test");
        Assert.That((exitCode, output.TrimEnd().Split('\n')[^1]), Is.EqualTo((0, "4 passed, 0 failed, 2 skipped")), errors);
        Assert.That(errors, Does.Contain("Running PixelPipeline.One.Tests").And.Contain("Done 1 of 2: ").And.Contain("Done 2 of 2: "));
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(checkout.Path, "temp")), Is.Empty);
    }

    [TestCase("Failing", "1002 passed, 1 failed, 1 skipped")]
    [TestCase("Crashing", "2 passed, 0 failed, 1 skipped")] // tells no count of its own
    public async Task PixelTest_OneProjectDoesNotPass_RunsTheOthersAndFails(string project, string summary)
    {
        using var checkout = await CheckoutAsync(project, "Two");
        var (exitCode, output, errors) = await checkout.RunAsync("test");
        Assert.That((exitCode, output.TrimEnd().Split('\n')[^1]), Is.EqualTo((1, summary)), errors);
    }

    [Test]
    public async Task PixelTest_NothingRan_Fails()
    {
        using var checkout = await CheckoutAsync("Empty");
        var (exitCode, output, errors) = await checkout.RunAsync("test", "--filter", "Name~NoSuchTest");
        Assert.That((exitCode, output.TrimEnd().Split('\n')[^1]), Is.EqualTo((1, "0 passed, 0 failed, 0 skipped")), errors);
    }

    [Test]
    public async Task PixelTest_Arguments_GoToEveryProject()
    {
        using var checkout = await CheckoutAsync("One");
        var (_, output, _) = await checkout.RunAsync("test", "--filter", "Name~A|Name~B {}", "--", "NUnit.NumberOfTestWorkers=1");
        Assert.That(output, Does.Contain("--filter Name~A|Name~B {} -- NUnit.NumberOfTestWorkers=1"));
    }

    [Test]
    public async Task PixelTest_BuildFails_ShowsTheErrorAndRunsNothing()
    {
        using var checkout = await CheckoutAsync("One");
        await checkout.WriteAsync("broken", "", DateTime.UtcNow);
        var (exitCode, output, errors) = await checkout.RunAsync("test");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(errors, Does.Contain("error CS1002").And.Contain("the build failed").And.Not.Contain("Running "));
        Assert.That(output, Is.Empty);
    }

    [Test]
    [Platform("Linux", Reason = "setsid keeps the interrupt from the tests themselves.")]
    public async Task PixelTest_Interrupted_SaysBrokenOffAndLeavesNothing()
    {
        using var checkout = await CheckoutAsync("Endless");
        var (exitCode, output, errors) = await checkout.RunApartAsync("test");
        Assert.That((exitCode, output), Is.EqualTo((130, "")), errors);
        Assert.That(errors, Does.Contain("pixel: broken off"));
        Assert.That(Directory.GetFileSystemEntries(Path.Combine(checkout.Path, "temp")), Is.Empty);
    }

    private static async Task<ScriptCheckout> CheckoutAsync(params string[] projects)
    {
        var checkout = await ScriptCheckout.MakeAsync(Dotnet);
        foreach (var project in projects)
        {
            await checkout.WriteAsync($"tests/PixelPipeline.{project}.Tests/PixelPipeline.{project}.Tests.csproj", "", DateTime.UtcNow);
        }

        return checkout;
    }
}
