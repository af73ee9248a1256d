using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>
/// The value of <c>@name</c> or, without a name, of the next <c>?</c>. The value is null, long, double,
/// <see cref="NumericValue"/>, bool, string, byte[], DateOnly or <see cref="Timestamp"/>, after its type; for an array,
/// which only <c>IN UNNEST(@name)</c> takes, an array of such.
/// </summary>
internal sealed record QueryParameter(string? Name, SqlType Type, object? Value);
