namespace PixelPipeline.Logs;

/// <summary>Why a line of an access log cannot be read. The set is closed: it labels counts.</summary>
public enum BadLineReason
{
    /// <summary>The file's first lines are of no known format, and no format was named.</summary>
    UnknownFormat,

    /// <summary>The file's first lines are of more than one known format, and no format was named.</summary>
    SeveralFormats,

    /// <summary>Longer than <see cref="Files.LineChunkReader.MaxLineBytes"/>.</summary>
    TooLong,

    /// <summary>No date and time where the format has them.</summary>
    NoTimestamp,

    /// <summary>The line has not the fields of its format: it is cut off, or of another format.</summary>
    FieldsMissing,

    /// <summary>Not one JSON object with a readable <c>timestamp</c>.</summary>
    NotALogEntry,

    /// <summary>Not one JSON object.</summary>
    NotJson,

    /// <summary>What stands where the client's address should is none, and no way to write something before it that is known.</summary>
    NoAddress,
}
