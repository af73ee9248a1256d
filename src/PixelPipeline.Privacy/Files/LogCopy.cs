namespace PixelPipeline.Privacy.Files;

/// <summary>Copies a log without one person's lines.</summary>
internal static class LogCopy
{
    /// <summary>What stands in place of a line.</summary>
    public delegate string Replacement(ReadOnlySpan<byte> line);

    /// <summary>Copies all other lines.</summary>
    /// <param name="text">The log, from its start.</param>
    /// <param name="person">Whose lines are left out.</param>
    /// <param name="copy">Where to.</param>
    /// <param name="inPlace">What is written in place of each; null for nothing.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <exception cref="IOException">It cannot be read or written.</exception>
    public static void WriteOthers(LogText text, Person person, Stream copy, Replacement? inPlace, CancellationToken cancellationToken)
    {
        while (text.Lines.TryNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = text.Lines.Line.Span;
            var end = text.Lines.IsWhole ? "\n"u8 : [];
            if (!person.IsAmong(text.Users.Of(line)))
            {
                copy.Write(line);
                copy.Write(end);
            }
            else if (inPlace is not null)
            {
                copy.Write(System.Text.Encoding.UTF8.GetBytes(inPlace(line)));
                copy.Write(end);
            }
        }
    }
}
