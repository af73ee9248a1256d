using PixelPipeline.Soak.Processes;

namespace PixelPipeline.Soak.Tests;

/// <summary>
/// The fault run, small: the function as a process, killed and restarted, between two fault layers. More and larger ones
/// are run by <c>./pixel soak</c>.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FaultRunTests
{
    private const int Events = 20_000;

    [TestCase(1, "template")]
    [TestCase(2, "partitioned")]
    [TestCase(null, "both")] // another one each time
    public async Task Events_UnderFaults_EachStandWhereTheOracleSaid(int? seed, string layout)
    {
        var options = new FaultRunOptions { Events = Events, Seed = seed ?? Random.Shared.Next(), Layout = layout };
        await TestContext.Out.WriteLineAsync($"seed {options.Seed}");

        var figures = await new FaultRun(options, BuiltFiles.OfCheckout()).RunAsync(CancellationToken.None);

        foreach (var (name, value) in figures.Lines)
        {
            await TestContext.Out.WriteLineAsync($"{name}: {value}");
        }

        Assert.That(figures.Violations, Is.Empty, $"seed {options.Seed}");
    }
}
