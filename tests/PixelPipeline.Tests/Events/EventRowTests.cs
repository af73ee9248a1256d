using System.Globalization;
using System.Text;
using PixelPipeline.Events;
using PixelPipeline.Writing;

namespace PixelPipeline.Tests.Events;

public sealed class EventRowTests
{
    private static readonly PixelProcessor Processor = Some.Processor(
        Some.Schema("s STRING", "i INTEGER", "f FLOAT", "n NUMERIC", "b BOOLEAN", "t TIMESTAMP", "d DATE", "user_agent STRING"));

    [Test]
    public void SizeBytes_AnyRow_IsNoLessThanItsJson()
    {
        var random = new Random(Some.Seed());
        for (var i = 0; i < 5_000; i++)
        {
            var row = ((EntryOutcome.Written)Processor.Process(RandomEntry(random))).Row;
            Assert.That(row.SizeBytes, Is.GreaterThanOrEqualTo(Json(row).Length));
        }
    }

    [Test]
    public void SizeBytes_Rejection_IsNoLessThanItsJson([Values(0, 1, 2, 3, 1_000)] int length)
    {
        var rejected = new EntryOutcome.Rejected(new string('a', 32), RejectedReason.InvalidRow, null, "\u0001 no such \"field\"");
        var row = RejectedEntries.ToRow(rejected, new byte[length], DateTime.UnixEpoch);
        Assert.That(row.SizeBytes, Is.GreaterThanOrEqualTo(Json(row).Length));
    }

    [Test]
    public void SizeBytes_ManyNulls_IsNoLessThanItsJson()
    {
        var processor = Some.Processor(Some.Schema([.. Enumerable.Range(0, 100).Select(i => $"column_{i:D40} STRING")]));
        var row = ((EntryOutcome.Written)processor.Process(Some.Hit("user_id=u"))).Row;
        Assert.That(row.SizeBytes, Is.GreaterThanOrEqualTo(Json(row).Length));
    }

    [Test]
    public void Indexer_UnknownColumn_IsNull() => Assert.That(Some.Row()["nothing"], Is.Null);

    private static byte[] RandomEntry(Random random)
    {
        string[] alphabets = ["abc", "\"\\/", "\u0001\u001F\n", "é€\u2028\u0085", "😀", "<>&'+", "\uFFFD\0x"];
        var alphabet = alphabets[random.Next(alphabets.Length)];
        var text = string.Concat(Enumerable.Range(0, random.Next(0, 300)).Select(_ => alphabet[random.Next(alphabet.Length)]));
        var user = Uri.EscapeDataString(text.Replace('\uD83D', 'u').Replace('\uDE00', 'u'));
        return Some.LogEntry(requestUrl: string.Create(CultureInfo.InvariantCulture,
            $"{Some.PixelUrl}?user_id=u{user}&s={user}&i={random.NextInt64(long.MinValue, 0)}&f={-random.NextDouble() * 1e-300:R}&n=-{random.NextInt64()}.{random.Next(1_000_000_000)}&b=0&t=9999-12-31T23:59:59.999999Z&d=2026-01-01"));
    }

    /// <summary>A row in the body of an insert request, escaped as Newtonsoft.Json does.</summary>
    private static byte[] Json(EventRow row)
    {
        var json = new StringBuilder($"{{\"insertId\":\"{row.InsertId}\",\"json\":{{");
        for (var i = 0; i < row.Values.Count; i++)
        {
            json.Append(CultureInfo.InvariantCulture, $"\"{row.Columns[i].Name}\":{Value(row.Values[i])},");
        }

        return Encoding.UTF8.GetBytes(json.Append("}},").ToString());
    }

    private static string Value(object? value) => value switch
    {
        null => "null",
        string text => $"\"{string.Concat(text.Select(Escape))}\"",
        byte[] bytes => $"\"{Convert.ToBase64String(bytes)}\"",
        DateTime time => $"\"{time:yyyy-MM-ddTHH:mm:ss.ffffffZ}\"",
        bool b => b ? "true" : "false",
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:R}"),
    };

    private static string Escape(char c) => c switch
    {
        '"' or '\\' => "\\" + c,
        '\n' or '\r' or '\t' or '\b' or '\f' => "\\n",
        < ' ' or '\u0085' or '\u2028' or '\u2029' => $"\\u{(int)c:x4}",
        _ => c.ToString(),
    };
}
