namespace PixelPipeline.Events;

/// <summary>One column of a table, as the schema file declares it.</summary>
/// <param name="Name">Letters, digits and underscores, at most 300 characters.</param>
/// <param name="Type">What it holds.</param>
/// <param name="IsRequired">True for mode REQUIRED: no row without it.</param>
/// <param name="Description">For people who read the table; null where the file has none.</param>
public sealed record Column(string Name, ColumnType Type, bool IsRequired = false, string? Description = null);
