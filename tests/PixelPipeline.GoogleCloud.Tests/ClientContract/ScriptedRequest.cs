using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace PixelPipeline.GoogleCloud.Tests.ClientContract;

/// <summary>A request as it arrived, its body unzipped.</summary>
internal sealed record ScriptedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    internal JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    /// <summary>The next request of the connection, null once the client has closed it.</summary>
    internal static async Task<ScriptedRequest?> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var start = await LineAsync(stream, cancellationToken);
        if (start.Length == 0)
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        while (await LineAsync(stream, cancellationToken) is { Length: > 0 } line)
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        var body = await BodyAsync(stream, headers, cancellationToken);
        var words = start.Split(' ');
        return new ScriptedRequest(words[0], words[1], headers, Unzipped(body, headers.GetValueOrDefault("Content-Encoding")));
    }

    private static async Task<byte[]> BodyAsync(Stream stream, Dictionary<string, string> headers, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        if (headers.TryGetValue("Content-Length", out var length))
        {
            await CopyAsync(stream, body, int.Parse(length, CultureInfo.InvariantCulture), cancellationToken);
        }
        else if (headers.ContainsKey("Transfer-Encoding"))
        {
            int size;
            do
            {
                var line = await LineAsync(stream, cancellationToken);
                size = int.Parse(line, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
                await CopyAsync(stream, body, size, cancellationToken);
                await LineAsync(stream, cancellationToken);
            }
            while (size > 0);
        }

        return body.ToArray();
    }

    private static async Task CopyAsync(Stream stream, MemoryStream body, int count, CancellationToken cancellationToken)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        body.Write(bytes);
    }

    private static byte[] Unzipped(byte[] body, string? encoding)
    {
        if (encoding != "gzip")
        {
            return body;
        }

        using var zipped = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        var plain = new MemoryStream();
        zipped.CopyTo(plain);
        return plain.ToArray();
    }

    private static async Task<string> LineAsync(Stream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, cancellationToken) == 1 && one[0] != '\n')
        {
            line.Append((char)one[0]);
        }

        return line.ToString().TrimEnd('\r');
    }
}
