namespace PixelPipeline.LocalBigQuery.Tests.Sql;

/// <summary>The views of <c>deploy/sql</c>, as shipped, over both layouts with the same events.</summary>
internal sealed class ShippedViewTests
{
    private const string Schema = "event_id STRING REQUIRED, event_time TIMESTAMP REQUIRED, user_id STRING REQUIRED, type STRING";
    private const long Day = 1_795_132_800_000_000; // 2026-11-20
    private const long Hour = 3_600_000_000;

    private static readonly string[] Alice =
    [
        $"[\"a1\",{Day + Hour},\"alice\",\"open\"]",
        $"[\"a2\",{Day + (2 * Hour)},\"alice\",\"click\"]",
        $"[\"a2\",{Day + (2 * Hour)},\"alice\",\"click\"]", // delivered twice
        $"[\"a3\",{Day + (25 * Hour)},\"alice\",\"open\"]",
    ];

    private static readonly string[] Bob = [$"[\"b1\",{Day + (3 * Hour)},\"bob\",\"open\"]"];

    [TestCase("template")]
    [TestCase("partitioned")]
    public void Views_OverALayout_CountEveryEventOnce(string layout)
    {
        using var fixture = Create(layout);

        Assert.Multiple(() =>
        {
            Assert.That(fixture.Query("SELECT event_id, user_id FROM pixels.events ORDER BY event_id"), Is.EqualTo("'a1'|'alice' ; 'a2'|'alice' ; 'a3'|'alice' ; 'b1'|'bob'"));
            Assert.That(fixture.Query("SELECT * FROM pixels.daily_counts ORDER BY date, type"), Is.EqualTo("2026-11-20|'click'|1|1 ; 2026-11-20|'open'|2|2 ; 2026-11-21|'open'|1|1"));
            Assert.That(fixture.Query("SELECT * FROM pixels.user_activity ORDER BY user_id, type"), Is.EqualTo(
                "'alice'|2026-11-20 01:00:00+00|2026-11-21 01:00:00+00|'click'|1 ; 'alice'|2026-11-20 01:00:00+00|2026-11-21 01:00:00+00|'open'|2 ; 'bob'|2026-11-20 03:00:00+00|2026-11-20 03:00:00+00|'open'|1"));
            Assert.That(fixture.Query("SELECT * FROM pixels.rejections ORDER BY date, reason"), Is.EqualTo("2026-11-20|'invalid_value'|1 ; 2026-11-20|'unreadable_url'|1"));
        });
    }

    private static SqlFixture Create(string layout)
    {
        var fixture = new SqlFixture();
        if (layout == "template")
        {
            fixture.Table("pixel", Schema);
            fixture.Table("pixel_alice_20261120", Schema, Alice);
            fixture.Table("pixel_bob_20261120", Schema, Bob);
        }
        else
        {
            fixture.Table("pixel", Schema, [.. Alice, .. Bob]);
        }

        fixture.Table(
            "rejected_pixel",
            "rejected_time TIMESTAMP, event_id STRING, reason STRING, column STRING, message STRING, entry BYTES",
            $"[{Day},\"r1\",\"invalid_value\",\"type\",\"too long\",\"e30=\"]",
            $"[{Day + 1},\"r1\",\"invalid_value\",\"type\",\"too long\",\"e30=\"]",
            $"[{Day},\"r2\",\"unreadable_url\",null,null,\"e30=\"]");
        foreach (var (name, file) in new[] { ("events", $"{layout}/events.sql"), ("daily_counts", "daily_counts.sql"), ("user_activity", "user_activity.sql"), ("rejections", "rejections.sql") })
        {
            fixture.View(name, Render(file));
        }

        return fixture;
    }

    // As they are made over events that have none of the columns that a line may need.
    private static string Render(string file) => string.Join('\n', File.ReadLines(Path.Combine(TestContext.CurrentContext.TestDirectory, "sql", file)).Where(line => !line.Contains("-- needs ", StringComparison.Ordinal)))
        .Replace("${PROJECT}", "local", StringComparison.Ordinal)
        .Replace("${DATASET}", "pixels", StringComparison.Ordinal)
        .Replace("${EVENTS}", "pixel", StringComparison.Ordinal) // as the layout partitioned has it
        .Replace("${TABLE}", "pixel", StringComparison.Ordinal);
}
