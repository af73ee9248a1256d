using PixelPipeline.Dashboard.Panels;
using PixelPipeline.Dashboard.Questions;
using PixelPipeline.Dashboard.Tests.Support;

namespace PixelPipeline.Dashboard.Tests.Panels;

/// <summary>From BigQuery's rows to what panels show.</summary>
internal sealed class ShapingTests
{
    private static readonly EventTables Tables = new("pixels", "pixel", AllEvents: "pixel");

    [Test]
    public void Minutes_WithoutEvents_AreZero()
    {
        var content = (MinutesContent)Shape(new MinutesPanel(), [Minute("11:00"), 5L, 2L, 2L], [Minute("11:12"), 1L, 1L, 0L]);
        Assert.That(content.Minutes.Select(m => m.Minute), Is.EqualTo(Enumerable.Range(0, 60).Select(i => Minute("10:13").AddMinutes(i))));
        Assert.That(content.Minutes.Where(m => m.Events > 0), Is.EqualTo(new[] { new MinuteCount(Minute("11:00"), 5, 2), new MinuteCount(Minute("11:12"), 1, 1) }));
        Assert.That((content.Events, content.Users), Is.EqualTo((6, 2)));
    }

    [Test]
    public void Minutes_NoAnswer_AreAllZero()
    {
        var content = (MinutesContent)Shape(new MinutesPanel());
        Assert.That((content.Minutes.Count, content.Events, content.Users), Is.EqualTo((60, 0, 0)));
    }

    [Test]
    public void Days_WithoutHits_AreZero()
    {
        var content = (DaysContent)Shape(new DaysPanel(), [Day(10, 22), 1L, "open", 4L], [Day(11, 20), 1L, "open", 2L], [Day(11, 20), 2L, "click", 1L]);
        Assert.That((content.Dates.Count, content.Dates[0], content.Dates[^1]), Is.EqualTo((30, Day(10, 22), Day(11, 20))));
        Assert.That(content.Series.Select(s => s.Type), Is.EqualTo(new[] { "open", "click" }));
        Assert.That(content.Series[0].Hits, Is.EqualTo(new long[] { 4 }.Concat(new long[28]).Append(2)));
        Assert.That((content.Total, content.TotalOf(29)), Is.EqualTo((7, 3)));
    }

    [Test]
    public void Days_SeventhPlace_IsOther()
    {
        var rows = Enumerable.Range(1, 7).Select(place => new object?[] { Day(11, 20), (long)place, place < 7 ? $"type{place}" : null, 10L - place });
        var content = (DaysContent)Shape(new DaysPanel(), [.. rows]);
        Assert.That(content.Series.Select(s => (s.Type, s.IsOther)), Is.EqualTo(
            Enumerable.Range(1, 6).Select(i => ((string?)$"type{i}", false)).Append((null, true))));
    }

    [Test]
    public void Days_NoType_IsNotOther()
    {
        var content = (DaysContent)Shape(new DaysPanel(), [Day(11, 20), 1L, null, 1L]);
        Assert.That(content.Series.Single().IsOther, Is.False);
    }

    [Test]
    public void Events_OfAnySchema_ShowTimeUserTypeThenTheOthers()
    {
        var content = new EventsContent(new Answer(["event_id", "campaign", "type", "event_time", "user_id", "age"], []));
        Assert.That(content.ShownColumns.Select(i => content.Events.Columns[i]), Is.EqualTo(new[] { "event_time", "user_id", "type", "campaign", "age" }));
    }

    [Test]
    public async Task Newest_QuietDay_AsksFor30Days()
    {
        var answers = new ScriptedAnswers();
        await new NewestPanel().ReadAsync(answers, Tables, ScriptedAnswers.Now, CancellationToken.None);
        Assert.That(answers.Questions.Select(q => (q.To - q.From).Days), Is.EqualTo(new[] { 1, 30 }));
    }

    [TestCase(true, "`pixels.pixel`")]
    [TestCase(false, "`pixels.pixel_*`")]
    public void Questions_OfALayout_NameItsTablesAndASpanOfTime(bool partitioned, string table)
    {
        foreach (var panel in Panel.All)
        {
            var question = panel.Ask(Tables with { AllEvents = partitioned ? "pixel" : null }, ScriptedAnswers.Now);
            Assert.That(question.Sql, Does.Contain(panel is RejectedPanel ? "`pixels.rejected_pixel`" : table).And.Contain(">= @from").And.Contain("< @to"));
            Assert.That(question.Statement, Does.Not.Contain("@").And.Contain("TIMESTAMP '2026-1"));
        }
    }

    private static PanelContent Shape(Panel panel, params object?[][] rows) =>
        panel.Shape(new Answer([], rows), panel.Ask(Tables, ScriptedAnswers.Now));

    private static DateOnly Day(int month, int day) => new(2026, month, day);

    private static DateTime Minute(string time) =>
        ScriptedAnswers.Now.Date + TimeSpan.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
}
