using System.Globalization;
using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.Panels;

/// <summary>From BigQuery's rows to what panels show.</summary>
internal sealed class ShapingTests
{
    [Test]
    public void Minutes_WithoutEvents_AreZero()
    {
        var content = (MinutesContent)Shape(new MinutesPanel(), [Minute("11:00"), 5L, 2L, 2L], [Minute("11:12"), 1L, 1L, 0L]);
        Assert.That(content.Minutes.Select(m => m.Minute), Is.EqualTo(Enumerable.Range(0, 60).Select(i => Minute("10:13").AddMinutes(i))));
        Assert.That(content.Minutes.Where(m => m.Events > 0), Is.EqualTo(new[] { new MinuteCount(Minute("11:00"), 5, 2), new MinuteCount(Minute("11:12"), 1, 1) }));
        Assert.That((content.Events, content.Users), Is.EqualTo((6, 2)));
    }

    [Test]
    public void Series_WithoutEvents_IsZero()
    {
        var content = (SeriesContent)Shape(new SeriesPanel(), [Hour(10, 22, 0), 1L, "open", 4L], [Hour(11, 20, 8), 1L, "open", 2L], [Hour(11, 20, 9), 1L, "open", 1L], [Hour(11, 20, 9), 2L, "click", 1L]);
        Assert.That((content.Starts.Count, content.Starts[0], content.Starts[^1]), Is.EqualTo((30, Hour(10, 22, 0), Hour(11, 20, 0))));
        Assert.That(content.Series.Select(s => s.Type), Is.EqualTo(new[] { "open", "click" }));
        Assert.That(content.Series[0].Events, Is.EqualTo(new long[] { 4 }.Concat(new long[28]).Append(3)));
        Assert.That((content.Total, content.TotalOf(29)), Is.EqualTo((8, 4)));
    }

    [Test]
    public void Series_SeventhPlace_IsOther()
    {
        var rows = Enumerable.Range(1, 7).Select(place => new object?[] { Hour(11, 20, 1), (long)place, place < 7 ? $"type{place}" : null, 10L - place });
        var content = (SeriesContent)Shape(new SeriesPanel(), [.. rows]);
        Assert.That(content.Series.Select(s => (s.Type, s.IsOther)), Is.EqualTo(
            Enumerable.Range(1, 6).Select(i => ((string?)$"type{i}", false)).Append((null, true))));
    }

    [Test]
    public void Events_OfAnySchema_ShowTimeUserTypeThenTheOthers()
    {
        var content = new EventsContent(new Answer(["event_id", "campaign", "type", "event_time", "user_id", "age"], []));
        Assert.That(content.ShownColumns.Select(i => content.Events.Columns[i]), Is.EqualTo(new[] { "event_time", "user_id", "type", "campaign", "age" }));
    }

    [TestCase(20, 20, new[] { "2026-11-19 11:12:28", "2026-11-20 11:12:09" })]
    [TestCase(19, 20, new[] { "2026-11-19 11:12:28", "2026-10-22 00:00:00", "2026-11-20 11:12:09" }, Description = "a quiet day")]
    [TestCase(3, 19, new[] { "2026-11-19 11:12:28", "2026-10-22 00:00:00", "2026-10-22 00:00:00" }, Description = "fewer than it shows: all of them")]
    public async Task Newest_Events_AreReadFromTheOldestOfThemOn(int ofADay, int ofAll, string[] from)
    {
        var answers = new ScriptedAnswers();
        var usual = answers.Answer;
        answers.Answer = q => q.Sql.Contains("SELECT event_time\n", StringComparison.Ordinal)
            ? new(["event_time"], [.. Enumerable.Range(0, From(q) < Hour(11, 1, 0) ? ofAll : ofADay).Select(i => (object?[])[ScriptedAnswers.Now.AddSeconds(-i)])])
            : usual(q);
        await new NewestPanel().ReadAsync(new Reading(answers, ScriptedAnswers.Asking(), new ClosedDays(null), desk: null, CancellationToken.None), CancellationToken.None);
        Assert.That(answers.Questions.Select(From), Is.EqualTo(from.Select(f => DateTime.Parse(f, CultureInfo.InvariantCulture))));

        static DateTime From(Question question) => (DateTime)question.Parameters.Single(p => p.Name == "from").Value;
    }

    [TestCase("all_pixel", "`pixels.all_pixel`")]
    [TestCase(null, "`pixels.pixel_*`")]
    public void Questions_OfALayout_NameItsTablesAndASpanOfTime(string? allEvents, string table)
    {
        foreach (var panel in Panel.All.Where(p => p.Name != "countries"))
        {
            var question = panel.Ask(ScriptedAnswers.Asking() with { Tables = ScriptedAnswers.ShippedTables with { AllEvents = allEvents } });
            Assert.That(question.Sql, Does.Contain(panel is RejectedPanel or HealthPanel ? "`pixels.rejected_pixel`" : table).And.Contain(">= @from").And.Contain("< @to"));
            Assert.That(question.Statement, Does.Not.Contain("@").And.Contain("TIMESTAMP '2026-1"));
        }
    }

    [Test]
    public void Panels_OfASchemaWithoutTheirColumn_AreLeftOut()
    {
        var asking = ScriptedAnswers.Asking() with { Tables = new EventTables("pixels", "pixel", "pixel") };
        Assert.That(Panel.All.Where(p => p.IsFor(asking)).Select(p => p.Name), Is.EqualTo(new[] { "figures", "series", "types", "users", "list", "minutes", "newest", "rejected" }));
    }

    [TestCase("it's \\ `x` @from\n", @"'it\u0027s \u005c \u0060x\u0060 \u0040from\u000a'")]
    [TestCase("é😀", @"'\u00e9\U0001f600'")]
    public void Statement_OfAHostileText_HasItAsALiteral(string text, string literal) =>
        Assert.That(new Question("SELECT @p0, @from", [new("p0", text), new("from", ScriptedAnswers.Now)]).Statement, Is.EqualTo($"SELECT {literal}, TIMESTAMP '2026-11-20 11:12:28+00'"));

    private static PanelContent Shape(Panel panel, params object?[][] rows) => panel.Shape(new Answer([], rows), ScriptedAnswers.Asking());

    private static DateTime Hour(int month, int day, int hour) => new(2026, month, day, hour, 0, 0, DateTimeKind.Utc);

    private static DateTime Minute(string time) =>
        ScriptedAnswers.Now.Date + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
