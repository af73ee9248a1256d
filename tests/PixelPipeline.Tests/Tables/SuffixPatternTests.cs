using System.Globalization;
using PixelPipeline.Events;
using PixelPipeline.Tables;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Tables;

public sealed class SuffixPatternTests
{
    private const string OlderNaming = "_{user_id}_{date:M_d_yyyy}";
    private static readonly EventSchema Schema = Some.Schema("n INTEGER REQUIRED", "s STRING", "f FLOAT REQUIRED", "user_agent STRING REQUIRED");

    [TestCase(SuffixPattern.Default, "_u_20260105")]
    [TestCase(OlderNaming, "_u_1_5_2026")]
    [TestCase("_{user_id}_{date:yyyy_MM_dd}", "_u_2026_01_05")]
    [TestCase("_{user_id}_{date:yyyyMM}", "_u_202601")]
    [TestCase("_{user_id}_{date:yyyy}", "_u_2026")]
    [TestCase("_{user_id}_{date:d_M_yyyy}", "_u_5_1_2026")]
    [TestCase("_{user_id}_{date:dd_MM_yyyy}", "_u_05_01_2026")]
    [TestCase("_{user_id}_{date:MM_dd_yyyy}", "_u_01_05_2026")]
    [TestCase("_{date:yyyyMMdd}_{user_id}", "_20260105_u")]
    [TestCase("_{user_id}", "_u")]
    [TestCase("_{date:yyyyMMdd}", "_20260105")]
    [TestCase("_all", "_all")]
    [TestCase("_v2_{user_id}_on_{date:yyyyMMdd}_x", "_v2_u_on_20260105_x")]
    [TestCase("_{n}_{date:yyyyMMdd}", "__2D7_20260105")] // -7: the minus sign is escaped
    public void Suffix_Pattern_GivesTheName(string pattern, string expected) => Assert.That(SuffixOf(pattern, "u"), Is.EqualTo(expected));

    [Test]
    public void Suffix_ForeignCulture_IsTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        var foreign = (CultureInfo)before.Clone();
        foreign.NumberFormat.NegativeSign = "\u2212";
        try
        {
            CultureInfo.CurrentCulture = foreign;
            Assert.That(SuffixOf("_{n}", "u"), Is.EqualTo("__2D7"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [TestCase("")]
    [TestCase("{user_id}_{date:yyyyMMdd}")] // the base table's name would run into it
    [TestCase("_{user_id}{date:yyyyMMdd}")]
    [TestCase("_{date:yyyyMMdd}{user_id}")]
    [TestCase("_{user_id}x{date:yyyyMMdd}")]
    [TestCase("_{user_id}1{date:M_d_yyyy}1")] // user a on 11/2 and user a1 on 1/2
    [TestCase("_{user_id}_{n}")]
    [TestCase("_{date:yyyy}_{date:MM}")]
    [TestCase("_{user_id}_{date}")]
    [TestCase("_{user_id}_{date:HH}")]
    [TestCase("_{user_id}_{date:MMdd}")]
    [TestCase("_{user_id}_{date:}")]
    [TestCase("_{nobody}_{date:yyyyMMdd}")]
    [TestCase("_{User_Id}_{date:yyyyMMdd}")]
    [TestCase("_{s}_{date:yyyyMMdd}")] // not REQUIRED: some rows have none
    [TestCase("_{f}_{date:yyyyMMdd}")]
    [TestCase("_{event_id}_{date:yyyyMMdd}")] // a table for every event
    [TestCase("_{user_agent}_{date:yyyyMMdd}")]
    [TestCase("_{user_id")]
    [TestCase("_user_id}")]
    [TestCase("_{}")]
    [TestCase("_{{user_id}}")]
    [TestCase("_{user_id}-{date:yyyyMMdd}")]
    [TestCase("_{user_id}_é")]
    [TestCase("_{user_id}_{date:yyyyMMdd}\n")]
    public void Parse_BadPattern_SaysWhatToWrite(string pattern) =>
        Assert.That(() => SuffixPattern.Parse(pattern, Schema), Throws.TypeOf<SchemaException>().With.Message.Contains("Table suffix"));

    [Test]
    public void Parse_EndlessPattern_IsRefused() =>
        Assert.That(() => SuffixPattern.Parse("_" + new string('x', 200), Schema), Throws.TypeOf<SchemaException>());

    [TestCase(SuffixPattern.Default)]
    [TestCase(OlderNaming)]
    [TestCase("_{date:M_d_yyyy}_{user_id}")]
    [TestCase("_{user_id}_1_{date:d_M_yyyy}_2")]
    [TestCase("_{user_id}")]
    public void Suffix_TwoUserIds_AreNeverTheSame(string pattern)
    {
        var random = new Random(Some.Seed());
        var layout = Some.Layout(Some.ShippedSchema(), pattern);
        var usersOf = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < 20_000; i++)
        {
            var user = HostileUserId(random);
            var suffix = layout.TableOf(RowOf(user, random)).Suffix;
            Assert.That(suffix, Does.Match(@"\A[A-Za-z0-9_]{1,250}\z"));
            Assert.That(usersOf.TryAdd(suffix, user) || usersOf[suffix] == user, Is.True, $"\"{user}\" and \"{usersOf[suffix]}\" share {suffix}");
        }
    }

    [Test]
    public void Suffix_AnyTwoTexts_DifferAsTheyDo() =>
        Law.HoldsForTexts(5_000, (a, b) => a == b == (SuffixValue.Of("u" + a) == SuffixValue.Of("u" + b)));

    [TestCase(SuffixPattern.Default, "__overflow_20260105")]
    [TestCase(OlderNaming, "__overflow_1_5_2026")]
    [TestCase("_{user_id}", "__overflow")]
    public void Overflow_Day_HasItsOwnName(string pattern, string expected)
    {
        var overflow = Some.Layout(Schema, pattern).OverflowOf(new DateTime(2026, 1, 5, 0, 0, 0, DateTimeKind.Utc)).Suffix;
        Assert.That(overflow, Is.EqualTo(expected));
    }

    [TestCase("_overflow")]
    [TestCase("overflow")]
    [TestCase("__overflow")]
    [TestCase("%5Foverflow")]
    public void Overflow_UserIdOfThatName_GoesElsewhere(string user) =>
        Assert.That(SuffixOf(SuffixPattern.Default, user), Is.Not.EqualTo("__overflow_20260105"));

    [Test]
    public void Overflow_AnyUserId_IsNeverSpelledSo() =>
        Law.HoldsForTexts(5_000, user => user.Length == 0 || SuffixValue.Of(user) != "_overflow");

    private static string SuffixOf(string pattern, string user)
    {
        var processor = Some.Processor(Schema, pattern);
        var entry = Some.LogEntry(
            requestUrl: $"{Some.PixelUrl}?user_id={Uri.EscapeDataString(user)}&n=-7&f=1", timestamp: "2026-01-05T00:00:00Z");
        return ((EntryOutcome.Written)processor.Process(entry)).Table.Suffix;
    }

    private static EventRow RowOf(string user, Random random)
    {
        var day = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddDays(random.Next(365));
        var schema = ShippedSchema;
        object?[] values = [.. schema.Columns.Select(c => c.Name == "user_id" ? user : null)];
        return new EventRow("id", day, schema.Columns, values);
    }

    private static EventSchema ShippedSchema { get; } = Some.ShippedSchema();

    /// <summary>Texts out of few characters and many lengths, so that near misses are frequent.</summary>
    private static string HostileUserId(Random random)
    {
        string[] pieces = ["a", "A", "_", "1", "2", "_5F", "__", "5F", "F", "é", "-", "2026", "_1_5_2026", "overflow", "😀", "\0"];
        var length = random.Next(20) == 0 ? random.Next(150, 220) : random.Next(1, 6);
        return string.Concat(Enumerable.Range(0, length).Select(i => pieces[length > 100 && i < 140 ? 0 : random.Next(pieces.Length)]));
    }
}
