using PixelPipeline.LocalBigQuery.Schemas;

namespace PixelPipeline.LocalBigQuery.Rows;

/// <summary>The first thing that keeps a row out of its table.</summary>
/// <param name="Field">The field; empty when it is about the whole row.</param>
/// <param name="Message">BigQuery's sentence, in the words of <c>insertAll</c>.</param>
/// <param name="Type">What the value was to be; null when the field itself is wrong.</param>
/// <param name="Value">The value that does not fit, shortened.</param>
internal sealed record RowMisfit(string Field, string Message, FieldType? Type = null, string Value = "");
