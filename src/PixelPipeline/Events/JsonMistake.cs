using System.Text.Json;

namespace PixelPipeline.Events;

/// <summary>Where a file that people edit stops being JSON, in their words.</summary>
internal readonly record struct JsonMistake(int Line, string Message)
{
    private static ReadOnlySpan<byte> WhiteSpace => " \t\r\n"u8;

    /// <summary>Finds the line that is to be mended: a reader notices a missing comma only at what comes behind it, often lines later.</summary>
    /// <param name="json">The file's bytes.</param>
    /// <param name="exception">What reading them threw.</param>
    public static JsonMistake Of(ReadOnlySpan<byte> json, JsonException exception)
    {
        var line = (int)(exception.LineNumber ?? 0) + 1;
        if (!exception.Message.Contains("invalid after a value", StringComparison.Ordinal))
        {
            return new(line, "this is not JSON; check the commas, quotes and brackets here");
        }

        var before = json[..Math.Min(json.Length, StartOf(json, line) + (int)(exception.BytePositionInLine ?? 0))].TrimEnd(WhiteSpace);
        var last = before.Count((byte)'\n') + 1;
        return new(last, last == line ? "a comma is missing in this line, or a bracket" : "a comma is missing at the end of this line, or a bracket");
    }

    private static int StartOf(ReadOnlySpan<byte> json, int line)
    {
        var start = 0;
        for (var passed = 1; passed < line; passed++)
        {
            start += json[start..].IndexOf((byte)'\n') + 1;
        }

        return start;
    }
}
