using System.Globalization;
using System.Text;
using System.Text.Json;

namespace PixelPipeline.JavaScript.Tests;

/// <summary>Entries that come from a seed: odd values in every place that a visitor or a server could put them to.</summary>
/// <param name="seed">The same seed gives the same entries.</param>
/// <param name="columns">The attributes to send.</param>
internal sealed class HostileEntries(int seed, IReadOnlyList<string> columns)
{
    private static readonly string[] Values =
    [
        "", "0", "-0", "+7", "007", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775809", "1.", ".5", "-.5e-3", "1e400", "1e-400", "1e", "0x1F",
        "1,000", " 1", "1 ", "1\0", "NaN", "Infinity", "123456789012345678901234567890", "12345678901234567890123456789.123456789", "1.1234567891", "1.1000000000000", "00000000000000000000000000000000000001",
        "true", "TRUE", "tRue", "t", "yes", "yeſ", "y", "f", "no", "n", "1", "truE ", "٣", "2026-02-29", "2024-02-29", "2026-13-01", "0000-01-01", "0001-01-01", "9999-12-31", "2026-1-1",
        "2026-11-20T11:12:28Z", "2026-11-20t11:12:28.123456789123z", "2026-11-20 11:12:28+14:00", "2026-11-20T24:00:00Z", "2026-11-20T23:59:60Z", "0001-01-01T00:00:00+01:00", "1969-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.9999999-00:01",
        "https://user:pw@EXAMPLE.com:8443/a?b#c", "http://[::1]:80/", "https://ÄÖÜ.example/", "https://İstanbul.example", "https://ΑΣ.example", "https://\\evil", "ftp://x", "//x", "https://", "https://@", "https://a@", "https://:80",
        "%", "%4", "%zz", "%00", "%C3%A9", "%C3", "%ED%A0%80", "%F0%9F%98%80", "%F4%90%80%80", "%E2%82", "%FF%FE", "a+b", "%2B", "%26amp;", "é", "日本", "😀", "\u2028\u2029", "\u0001\u001f\u007f", "\"quote\\", "</script>", "\uFEFF", "'; --",
    ];

    private static readonly string[] Agents =
    [
        "", "-", "Mozilla/5.0", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 X/1", "curl/8.5", "Googlebot/2.1 (+http://www.google.com/bot.html)",
        "Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1", "GoogleImageProxy", "Cloud-CDN-Google (GFE/2.0)", "Cloud-CDN", "robotics", "bOt", "Mozilla/5.0 (PlayStation 5)",
    ];

    // What fits a column of these names, in all of its spellings: without them hardly an entry would become a row.
    private static readonly Dictionary<string, string[]> Fitting = new()
    {
        ["whole"] = ["0", "-0", "%2B7", "007", "9223372036854775807", "-9223372036854775808"],
        ["real"] = ["1.", ".5", "-.5e-3", "-0", "1e21", "123456789012345678901234567890", "5e-324", "0.1"],
        ["price"] = ["1.1000000000000", "-.5", "00000000000000000000000000000000000001", "12345678901234567890123456789.123456789", "-0", "%2B1."],
        ["flag"] = ["true", "TRUE", "tRue", "t", "yes", "y", "f", "no", "n", "1", "0"],
        ["at"] = ["2026-11-20T11:12:28Z", "2026-11-20t11:12:28.123456789123z", "2026-11-20 11:12:28%2B14:00", "1969-12-31T23:59:59.999999Z", "0001-01-01T00:00:00Z"],
        ["day"] = ["2024-02-29", "0001-01-01", "9999-12-31", ""],
    };

    private readonly Random _random = new(seed);

    public byte[] Next() => _random.Next(12) switch
    {
        0 => Broken(Plain()),
        1 => Event(),
        _ => Plain(),
    };

    private byte[] Plain()
    {
        var request = Join(Shuffled(
            Field("requestMethod", _random.Next(10) == 0 ? Any() : "\"GET\""), Field("requestUrl", Url()), Field("userAgent", Agent()),
            Field("referer", _random.Next(3) == 0 ? Any() : "\"https://shop.example.com/cart\""), Field("remoteIp", Pick("\"203.0.113.7\"", "\"203.0.113.7:80\"", "\"[2001:db8::1]:443\"", "\"2001:db8::1\"", "\"[\"", "\"[]\"", Any())), Field("odd", Any())));
        var payload = _random.Next(20) == 0 ? Field("parentInsertId", Any()) : Field("statusDetails", Any());
        return Bytes(Join(Shuffled(Time(), InsertId(), $"\"httpRequest\":{request}", $"\"jsonPayload\":{(_random.Next(30) == 0 ? Any() : $"{{{payload}}}")}", Field("odd", Any()))));
    }

    private byte[] Event()
    {
        List<string> fields = [.. columns.Where(_ => _random.Next(3) > 0).Select(c => Field(c, c == "user_id" ? "\"u\"" : Any())), Field("unlisted", Any())];
        var payload = Join(Shuffled($"\"event\":{(_random.Next(20) == 0 ? Any() : Join(Shuffled([.. fields])))}", _random.Next(2) == 0 ? Field("eventId", Any()) : Field("note", Any())));
        return Bytes(Join(Shuffled(Time(), InsertId(), $"\"jsonPayload\":{payload}")));
    }

    private string Url()
    {
        if (_random.Next(25) == 0)
        {
            return Any();
        }

        var pairs = columns.Where(_ => _random.Next(3) > 0).Select(c => $"{Name(c)}={(c == "user_id" && _random.Next(10) > 0 ? "u" : ValueOf(c))}").Concat(["unlisted=1", Value()]);
        var host = Pick("https://track.example.com", "https://track.example.com", "HTTP://a:b@h:80", "https://", "https://:80", "track");
        var path = Pick("/pixel.png", "/pixel.png", "/pixel.png", "/pixel.png", "/pixel.png/", "/Pixel.png", "");
        return Text($"{host}{path}?{string.Join('&', Shuffled([.. pairs]))}{Pick("", "", "#x", "&")}");
    }

    private string Name(string column) => _random.Next(12) switch
    {
        0 => "amp;" + column,
        1 => "amp;amp;" + column,
        2 => "%" + Convert.ToHexString([(byte)column[0]]) + column[1..],
        _ => column,
    };

    private string Value() => _random.Next(40) == 0 ? new string('é', 4_096) + Pick("", "x") : _random.Next(2) == 0 ? Pick(Values).Replace("&", "%26", StringComparison.Ordinal) : Uri.EscapeDataString(Pick(Values));

    private string ValueOf(string column) => Fitting.TryGetValue(column, out var fitting) && _random.Next(12) > 0 ? Pick(fitting) : Value();

    private string Agent() => _random.Next(10) switch
    {
        0 => Any(),
        1 => Text(Pick(Agents) + new string('x', 1_000) + Pick(Agents)),
        2 => Text(Pick(Agents) + " é " + Pick(Agents)),
        _ => Text(Pick(Agents)),
    };

    private string Time() => Field("timestamp", _random.Next(20) == 0 ? Any() : Text(string.Create(CultureInfo.InvariantCulture, $"{_random.Next(1, 10_000):0000}-{_random.Next(1, 13):00}-{_random.Next(1, 29):00}{Pick("T", "t", " ")}{_random.Next(24):00}:{_random.Next(60):00}:{_random.Next(60):00}{Pick("", ".1", ".123456789", ".000000999999")}{Pick("Z", "z", "+00:00", "-12:30")}")));

    private string InsertId() => _random.Next(6) == 0 ? Field("labels", Any()) : Field("insertId", _random.Next(10) == 0 ? Any() : Text($"1a{_random.Next()}"));

    // Any JSON value.
    private string Any() => _random.Next(9) switch
    {
        0 => "null",
        1 => Pick("true", "false"),
        2 => Pick("0", "-0", "1.50", "9007199254740993", "1E3", "-1e-7", "123456789012345678901234567890"),
        3 => Pick("{}", "[]", "[1,{\"a\":[\"]\"]}]", "{ \"a\" : \"}\" }", "[[[[]]]]"),
        4 => Pick("\"\\uD800\"", "\"\\uDC00x\"", "\"\\ud83d\\ude00\"", "\"\\uD83D\\uD83D\\uDE00\"", "\"a\\u0000b\"", "\"\\/\\b\\f\\n\\r\\t\\\\u0041\"", "\"\\u0022\""),
        _ => Text(Pick(Values)),
    };

    private string Text(string text) => _random.Next(2) == 0 ? JsonSerializer.Serialize(text) : JsonSerializer.Serialize(text, Relaxed);

    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string Field(string name, string value) => _random.Next(60) == 0 ? $"\"{name}\":{Pick("\"first\"", "null", "1", "{}")},\"{name}\" : {value}" : $"\"{name}\":{value}";

    // One to three bytes changed: mostly no JSON any more. Of ASCII alone: what is no UTF-8 reaches no script as it was, a
    // difference that docs/direct.md names.
    private byte[] Broken(byte[] entry)
    {
        int[] places = [.. Enumerable.Range(0, entry.Length).Where(i => entry[i] < 0x80)];
        for (var changes = _random.Next(1, 4); changes > 0; changes--)
        {
            entry[places[_random.Next(places.Length)]] = (byte)Pick("{", "}", "\"", "\\", ",", ":", "[", "]", "0", "e", " ", "\n")[0];
        }

        return entry;
    }

    private string Join(IEnumerable<string> fields) => $"{{{Pick("", " ")}{string.Join(Pick(",", " ,\n"), fields)}}}";

    private string[] Shuffled(params string[] items)
    {
        _random.Shuffle(items);
        return items;
    }

    private string Pick(params string[] items) => items[_random.Next(items.Length)];

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
