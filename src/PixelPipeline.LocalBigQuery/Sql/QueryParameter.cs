using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>
/// The value of <c>@name</c> or, without a name, of the next <c>?</c>. The value is null, long, double,
/// <see cref="NumericValue"/>, bool, string, byte[], DateOnly, <see cref="Timestamp"/> and the like, after its type; for an
/// array, an array of such.
/// </summary>
internal sealed record QueryParameter(string? Name, DataType Type, object? Value);
