namespace PixelPipeline.Events;

/// <summary>A schema file, or a setting that must fit it, has an error. The message is one line that says what to mend.</summary>
public sealed class SchemaException : Exception
{
    /// <summary>Says what is wrong with the schema, in words for whoever wrote it.</summary>
    /// <param name="message">Where the error is and what to write instead.</param>
    public SchemaException(string message)
        : base(message)
    {
    }
}
