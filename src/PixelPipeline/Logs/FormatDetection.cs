namespace PixelPipeline.Logs;

/// <summary>Finds a file's format by its first lines.</summary>
internal static class FormatDetection
{
    /// <summary>The format of the first line that some format can read; null where there is none.</summary>
    /// <param name="start">The file's first bytes. A line that ends outside them counts only as the file's last one.</param>
    public static LogFormat? Detect(ReadOnlySpan<byte> start)
    {
        var reader = new LogLineReader();
        while (!start.IsEmpty)
        {
            var line = LineFields.Cut(ref start, (byte)'\n').TrimEnd((byte)'\r');
            if (line.StartsWith("#Version"u8) || line.StartsWith("#Fields"u8))
            {
                return LogFormat.CloudFront;
            }

            foreach (var format in Enum.GetValues<LogFormat>())
            {
                if (!line.IsEmpty && reader.Read(line, format, out _) is null)
                {
                    return format;
                }
            }
        }

        return null;
    }
}
