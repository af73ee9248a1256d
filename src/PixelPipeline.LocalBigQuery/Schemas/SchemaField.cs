namespace PixelPipeline.LocalBigQuery.Schemas;

/// <summary>A column of a table.</summary>
/// <param name="Name">As it was declared; compared without regard to case.</param>
/// <param name="Type">What its values are.</param>
/// <param name="IsRequired">Whether NULL is refused.</param>
internal sealed record SchemaField(string Name, FieldType Type, bool IsRequired);
