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
        table.Add("FROM_BASE64", (string s) => Decode(s, Convert.FromBase64String));
        table.Add("TO_HEX", (byte[] b) => Convert.ToHexStringLower(b));
        table.Add("FROM_HEX", (string s) => Decode(s.Length % 2 == 0 ? s : "0" + s, Convert.FromHexString));
        table.Add("SAFE_CONVERT_BYTES_TO_STRING", (byte[] b) => Encoding.UTF8.GetString(b));
        table.Add("SHA256", (byte[] b) => SHA256.HashData(b));
        table.Add("SHA256", (string s) => SHA256.HashData(Encoding.UTF8.GetBytes(s)));
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
