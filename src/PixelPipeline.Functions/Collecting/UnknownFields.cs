namespace PixelPipeline.Functions.Collecting;

/// <summary>What happens to a field that the schema does not list.</summary>
internal enum UnknownFields
{
    /// <summary>The event is taken without it.</summary>
    Drop,

    /// <summary>The event is refused.</summary>
    Refuse,
}
