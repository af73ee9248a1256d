using System.Collections.Concurrent;
using PixelPipeline.GoogleCloud.BigQuery;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.Tests.BigQuery;

/// <summary>Whatever BigQuery does, each entry ends where it must, and its message is acknowledged after that.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FaultTests
{
    private const int Entries = 1_000;
    private const int Users = 7;

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(3)]
    [TestCase(null)] // another one each time
    public async Task Faults_AnyOfThem_LoseNothingAndPutNothingInTwoPlaces(int? fixedSeed)
    {
        var seed = fixedSeed ?? Some.Seed();
        var time = new SkippingTime();
        await using var test = new PipelineUnderTest(time, new NewTableLimits(10_000, 1_000_000));
        var faults = new FaultyBigQuery(test.BigQuery, time, seed);
        var outcomes = new ConcurrentDictionary<int, (EntryOutcome Outcome, bool WasThere)>();
        await Parallel.ForAsync(0, Entries, new ParallelOptions { MaxDegreeOfParallelism = 100 }, async (i, _) =>
            outcomes[i] = await DeliverAsync(test, faults, i));

        var places = test.BigQuery.Rows.Select(r => (r.Table, r.InsertId)).Distinct().ToLookup(r => r.InsertId, r => r.Table);
        var raw = test.BigQuery.Rows.Count;
        TestContext.Out.WriteLine($"seed {seed}: {test.BigQuery.InsertCount} inserts, {raw - places.Count} raw duplicates under the same insert id");
        for (var i = 0; i < Entries; i++)
        {
            var (outcome, wasThere) = outcomes[i];
            var id = outcome is EntryOutcome.Written written ? written.Row.InsertId : ((EntryOutcome.Rejected)outcome).EventId;
            Assert.That(places[id], Is.EqualTo(new[] { ExpectedTable(i) }), Name(i));
            Assert.That(wasThere, $"{Name(i)} was acknowledged before its row was there");
        }

        Assert.That(places, Has.Count.EqualTo(Entries));
    }

    /// <summary>Delivers until it is acknowledged, as Pub/Sub does; after many failures the faults end.</summary>
    private static async Task<(EntryOutcome Outcome, bool WasThere)> DeliverAsync(PipelineUnderTest test, FaultyBigQuery faults, int i)
    {
        for (var attempt = 1; ; attempt++)
        {
            faults.IsFailing &= attempt < 60;
            try
            {
                var outcome = await test.HandleAsync($"u{i % Users}", Name(i));
                var id = outcome is EntryOutcome.Written written ? written.Row.InsertId : ((EntryOutcome.Rejected)outcome).EventId;
                return (outcome, test.BigQuery.Rows.Any(r => r.InsertId == id));
            }
            catch (RowNotCommittedException)
            {
                // Delivered again.
            }
        }
    }

    private static string Name(int i) => (i % 50) switch { 7 => $"bad{i}", 31 when i % 200 == 31 => $"toxic{i}", _ => $"n{i}" };

    private static string ExpectedTable(int i) => Name(i)[0] == 'n' ? $"pixel_u{i % Users}_20261120" : "rejected_pixel";
}
