using System.Net;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using PixelPipeline.GoogleCloud.Tests.ClientContract;

namespace PixelPipeline.Functions.Tests.Published;

/// <summary>The published folder, started as the platform starts it.</summary>
[Parallelizable(ParallelScope.Self)]
public sealed class PublishedFunctionTests
{
    private PublishedFolder _folder = null!;

    [OneTimeSetUp]
    public async Task PublishAsync() => _folder = await PublishedFolder.MakeAsync();

    [OneTimeTearDown]
    public void Remove() => _folder?.Dispose();

    [Test]
    [Platform(Exclude = "Win", Reason = "There is no SIGTERM.")]
    public async Task Folder_StartedAsThePlatformDoes_ServesLogsJsonAndStops()
    {
        await using var bigQuery = new RecordingBigQuery();
        await using var function = await PixelFunctionProcess.StartAsync(
            _folder.Assembly, bigQuery, ("K_SERVICE", "pixel-dev"), ("DOTNET_RUNNING_IN_CONTAINER", "true"));

        using var answer = await function.SendAsync(Some.Hit("user_id=alice&type=click"));
        var exitCode = await function.TerminateAsync();

        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(bigQuery.Rows.Select(r => r.Table), Is.EqualTo(new[] { "pixel_alice_20261120" }));
        Assert.That(exitCode, Is.Zero);
        var entries = function.Output.Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();
        var totals = entries.Single(e => e.GetProperty("message").GetString()!.Contains("1 received = 1 written", StringComparison.Ordinal));
        Assert.That(totals.GetProperty("severity").GetString(), Is.EqualTo("INFO"));
    }

    [Test]
    public void Folder_Assemblies_AreCompiledAheadAndWhole()
    {
        var assemblies = Directory.GetFiles(_folder.Output, "*.dll");
        var ownSize = new FileInfo(typeof(PixelProcessor).Assembly.Location).Length;

        Assert.That(assemblies.Where(a => !IsCompiledAhead(a)).Select(Path.GetFileName), Is.Empty);
        Assert.That(assemblies.Select(Path.GetFileName), Does.Contain("PixelPipeline.dll").And.Not.Contain("System.Private.CoreLib.dll"), "the runtime is the platform's");
        Assert.That(new FileInfo(Path.Combine(_folder.Output, "PixelPipeline.dll")).Length, Is.GreaterThan(ownSize));
    }

    [Test]
    public void Folder_Schema_IsTheShippedOne() =>
        Assert.That(File.ReadAllBytes(Path.Combine(_folder.Output, "schema.json")), Is.EqualTo(ShippedFile.Read("deploy/schema.json")));

    /// <summary>ReadyToRun code shows as the managed native header of an assembly.</summary>
    private static bool IsCompiledAhead(string file)
    {
        using var assembly = new PEReader(File.OpenRead(file));
        return assembly.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }
}
