using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>A function of <c>CREATE TEMP FUNCTION name(x TYPE) AS (expression)</c>.</summary>
internal sealed record SqlFunction(string Name, IReadOnlyList<(string Name, DataType? Type)> Parameters, DataType? Result, Expression Body);
