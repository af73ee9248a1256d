using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.EndToEnd;

/// <summary>Every sample entry, delivered to the running function as Eventarc does, ends where it must.</summary>
[Parallelizable(ParallelScope.Self)]
internal sealed class SampleEntriesTests
{
    private TempFolder _data = null!;
    private RunningPipeline _pipeline = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _data = new TempFolder();
        _pipeline = await RunningPipeline.StartAsync(_data.Path, ("Pixel__VisitorSecret", "none")); // the samples are of a pipeline without one
    }

    [OneTimeTearDown]
    public void Stop()
    {
        _pipeline?.Dispose();
        _data.Dispose();
    }

    [TestCaseSource(typeof(SampleCase), nameof(SampleCase.All))]
    public async Task SampleEntry_Delivered_EndsWhereItMust(SampleCase sample)
    {
        var entry = WithInsertId(sample);
        var before = await CountsAsync(sample);
        await DeliverAsync(entry);
        var after = await CountsAsync(sample);

        switch (sample.Outcome)
        {
            case "written":
                Assert.That(Matching(await _pipeline.RowsAsync(sample.Table!), sample), Is.True, "a row as expected");
                break;
            case "rejected":
                var rejected = (await _pipeline.RowsAsync("rejected_pixel")).Where(r => entry.SequenceEqual((byte[])r["entry"])).ToList();
                Assert.That(rejected.Select(r => (r["reason"], r["column"])).Distinct(), Is.EqualTo(new[] { ((object)sample.Reason!, (object?)sample.Column) }));
                break;
            default:
                Assert.That(after, Is.EqualTo(before), "no row anywhere");
                break;
        }
    }

    private async Task DeliverAsync(byte[] entry)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _pipeline.Function)
        {
            Content = JsonContent.Create(new { message = new { data = Convert.ToBase64String(entry), messageId = "1" }, subscription = "projects/local/subscriptions/test" }),
        };
        request.Content.Headers.ContentType!.CharSet = null;
        foreach (var (name, value) in new[]
        {
            ("ce-specversion", "1.0"), ("ce-id", "1"), ("ce-type", "google.cloud.pubsub.topic.v1.messagePublished"),
            ("ce-source", "//pubsub.googleapis.com/projects/local/topics/pixel-hits"),
        })
        {
            request.Headers.Add(name, value);
        }

        using var answer = await _pipeline.Http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The samples share one insertId, and BigQuery takes the second of two rows with one for a repetition.</summary>
    private static byte[] WithInsertId(SampleCase sample) =>
        Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(sample.Entry).Replace("1a2b3c4d5e6f7g", sample.Name, StringComparison.Ordinal));

    private static bool Matching(List<BigQueryRow> rows, SampleCase sample) =>
        rows.Any(row => sample.Row.All(expected => Text(row[expected.Key]) == expected.Value));

    private static string? Text(object? value) => value switch
    {
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture),
        _ => (string?)value,
    };

    /// <summary>The rows of every table.</summary>
    private async Task<long> CountsAsync(SampleCase sample)
    {
        if (sample.Outcome != "ignored")
        {
            return 0;
        }

        var total = 0L;
        foreach (var table in await _pipeline.TablesAsync())
        {
            total += (await _pipeline.RowsAsync(table)).Count;
        }

        return total;
    }
}
