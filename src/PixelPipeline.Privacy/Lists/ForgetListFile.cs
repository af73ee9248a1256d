using System.Globalization;
using System.Text;
using System.Text.Json;
using PixelPipeline.Files;
using PixelPipeline.Forgetting;

namespace PixelPipeline.Privacy.Lists;

/// <summary>A forget list as a file of one line a user, <c>{"key":"…","hash":"…","time":"…"}</c>, that its owner alone may read.</summary>
/// <param name="path">The file; it need not be there.</param>
public sealed class ForgetListFile(string path) : ForgetList
{
    /// <inheritdoc/>
    public override async Task<IReadOnlyList<ForgottenUser>> LinesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return File.Exists(path) ? [.. (await File.ReadAllLinesAsync(path, cancellationToken)).Where(l => l.Length > 0).Select(Parse)] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw new ForgetListException($"The forget list {path} cannot be read: {e.Message} Bring it back as it was: without it, users who were forgotten would come back.", e);
        }
    }

    /// <inheritdoc/>
    protected override async Task AppendAsync(ForgottenUser line, CancellationToken cancellationToken)
    {
        try
        {
            var before = File.Exists(path) ? await File.ReadAllTextAsync(path, cancellationToken) : "";
            var time = line.Time.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            DurableFile.Replace(path, Encoding.UTF8.GetBytes(
                $$"""{{before}}{"key":"{{Convert.ToHexStringLower(line.Key.Span)}}","hash":"{{Convert.ToHexStringLower(line.Hash.Span)}}","time":"{{time}}"}{{"\n"}}"""), isPrivate: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ForgetListException($"The forget list {path} cannot be written: {e.Message}", e);
        }
    }

    private static ForgottenUser Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        return new ForgottenUser(
            Convert.FromHexString(json.RootElement.GetProperty("key").GetString()!),
            Convert.FromHexString(json.RootElement.GetProperty("hash").GetString()!),
            json.RootElement.GetProperty("time").GetDateTime());
    }
}
