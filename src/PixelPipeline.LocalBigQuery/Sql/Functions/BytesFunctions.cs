using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>Functions of BYTES, hashes and encodings.</summary>
internal static class BytesFunctions
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static void AddTo(FunctionTable table)
    {
        table.Add("LENGTH", (byte[] b) => (long)b.Length);
        table.Add("BYTE_LENGTH", (byte[] b) => (long)b.Length);
        table.Add("BYTE_LENGTH", (string s) => (long)Encoding.UTF8.GetByteCount(s));
        table.Add("TO_BASE64", (byte[] b) => Convert.ToBase64String(b));
        table.Add("FROM_BASE64", (string s) => Decode(s.Trim().Length % 4 is 2 or 3 && !s.Contains('=', StringComparison.Ordinal) ? s.Trim().PadRight((s.Trim().Length + 3) / 4 * 4, '=') : s, Convert.FromBase64String));
        table.Add("TO_HEX", (byte[] b) => Convert.ToHexStringLower(b));
        table.Add("FROM_HEX", (string s) => Decode(s.Length % 2 == 0 ? s : "0" + s, Convert.FromHexString));
        table.Add("SAFE_CONVERT_BYTES_TO_STRING", (byte[] b) => Lenient(b));
        AddParts(table);
        AddPatterns(table);
        table.Add("SHA256", (byte[] b) => SHA256.HashData(b));
        table.Add("SHA256", (string s) => SHA256.HashData(Encoding.UTF8.GetBytes(s)));
        table.Add("SHA512", (byte[] b) => SHA512.HashData(b));
        table.Add("SHA512", (string s) => SHA512.HashData(Encoding.UTF8.GetBytes(s)));
        table.Add("SHA1", (byte[] b) => Sha1(b));
        table.Add("SHA1", (string s) => Sha1(Encoding.UTF8.GetBytes(s)));
        table.Add("MD5", (byte[] b) => Md5(b));
        table.Add("MD5", (string s) => Md5(Encoding.UTF8.GetBytes(s)));
    }

    /// <summary>The text, or null when the bytes are no UTF-8.</summary>
    public static string? Utf8(byte[] bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // What is no UTF-8 becomes U+FFFD, one a byte.
    private static string Lenient(byte[] bytes)
    {
        var text = new StringBuilder();
        for (ReadOnlySpan<byte> rest = bytes; !rest.IsEmpty;)
        {
            var status = Rune.DecodeFromUtf8(rest, out var rune, out var length);
            text.Append(status == System.Buffers.OperationStatus.Done ? rune.ToString() : "\uFFFD");
            rest = rest[(status == System.Buffers.OperationStatus.Done ? length : 1)..];
        }

        return text.ToString();
    }

    private static void AddParts(FunctionTable table)
    {
        foreach (var name in (ReadOnlySpan<string>)["SUBSTR", "SUBSTRING"])
        {
            table.Add(name, (byte[] b, long from) => Part(b, from, long.MaxValue));
            table.Add(name, (byte[] b, long from, long length) => length < 0 ? throw new GoogleSqlException($"Third argument in {name}() cannot be negative") : Part(b, from, length));
        }

        table.Add("LEFT", (byte[] b, long n) => n < 0 ? throw new GoogleSqlException("Second argument in LEFT() cannot be negative") : Part(b, 1, n));
        table.Add("RIGHT", (byte[] b, long n) => n < 0 ? throw new GoogleSqlException("Second argument in RIGHT() cannot be negative") : Part(b, Math.Max(1, b.Length - n + 1), n));
        table.Add("REVERSE", (byte[] b) => Enumerable.Reverse(b).ToArray());
        table.Add("REPEAT", (byte[] b, long n) => n < 0 || b.Length * (Int128)n > 1024 * 1024 ? throw new GoogleSqlException("The number of REPEAT is negative, or too large") : Enumerable.Repeat(b, (int)n).SelectMany(x => x).ToArray());
        table.Add("STARTS_WITH", (byte[] b, byte[] part) => b.AsSpan().StartsWith(part));
        table.Add("ENDS_WITH", (byte[] b, byte[] part) => b.AsSpan().EndsWith(part));
        table.Add("STRPOS", (byte[] b, byte[] part) => (long)b.AsSpan().IndexOf(part) + 1);
        table.Add("INSTR", (byte[] b, byte[] part) => (long)b.AsSpan().IndexOf(part) + 1);
        table.Add("REPLACE", (byte[] b, byte[] from, byte[] to) => from.Length == 0 ? b : Bytes(Text(b).Replace(Text(from), Text(to), StringComparison.Ordinal)));
        table.Add("UPPER", (byte[] b) => Array.ConvertAll(b, x => x is >= (byte)'a' and <= (byte)'z' ? (byte)(x - 32) : x));
        table.Add("LOWER", (byte[] b) => Array.ConvertAll(b, x => x is >= (byte)'A' and <= (byte)'Z' ? (byte)(x + 32) : x));
        table.Add("TRIM", (byte[] b, byte[] set) => Trim(b, set, true, true));
        table.Add("LTRIM", (byte[] b, byte[] set) => Trim(b, set, true, false));
        table.Add("RTRIM", (byte[] b, byte[] set) => Trim(b, set, false, true));
    }

    // Each byte is a character of its own, as in RE2's Latin-1.
    private static void AddPatterns(FunctionTable table)
    {
        table.Add("REGEXP_CONTAINS", (byte[] b, byte[] pattern) => Re2Pattern.Get(Text(pattern)).IsMatch(Text(b)));
        table.Add("REGEXP_EXTRACT", (byte[] b, byte[] pattern) => Re2Pattern.Extract(Text(b), Text(pattern)) is { } found ? Bytes(found) : null);
        table.Add("REGEXP_REPLACE", (byte[] b, byte[] pattern, byte[] with) => Bytes(Re2Pattern.Replace(Text(b), Text(pattern), Text(with))));
        table.Add("LPAD", (byte[] b, long n) => Bytes(StringFunctions.Pad(Text(b), n, " ", left: true)));
        table.Add("LPAD", (byte[] b, long n, byte[] with) => Bytes(StringFunctions.Pad(Text(b), n, Text(with), left: true)));
        table.Add("RPAD", (byte[] b, long n) => Bytes(StringFunctions.Pad(Text(b), n, " ", left: false)));
        table.Add("RPAD", (byte[] b, long n, byte[] with) => Bytes(StringFunctions.Pad(Text(b), n, Text(with), left: false)));
    }

    private static string Text(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static byte[] Bytes(string text) => Encoding.Latin1.GetBytes(text);

    private static byte[] Part(byte[] bytes, long from, long length)
    {
        var start = Math.Min(from > 0 ? from - 1 : from == 0 ? 0 : Math.Max(0, bytes.Length + from), bytes.Length);
        return bytes.AsSpan((int)start, (int)Math.Min(length, bytes.Length - start)).ToArray();
    }

    private static byte[] Trim(byte[] bytes, byte[] set, bool start, bool end)
    {
        var (from, to) = (0, bytes.Length);
        while (start && from < to && set.AsSpan().Contains(bytes[from]))
        {
            from++;
        }

        while (end && to > from && set.AsSpan().Contains(bytes[to - 1]))
        {
            to--;
        }

        return bytes[from..to];
    }

    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "The function that the statement names.")]
    private static byte[] Sha1(byte[] bytes) => SHA1.HashData(bytes);

    private static byte[] Decode(string text, Func<string, byte[]> decode)
    {
        try
        {
            return decode(text);
        }
        catch (FormatException)
        {
            throw new GoogleSqlException("Failed to decode: the text is not in this encoding");
        }
    }

    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "The function that the statement names.")]
    private static byte[] Md5(byte[] bytes) => MD5.HashData(bytes);
}
