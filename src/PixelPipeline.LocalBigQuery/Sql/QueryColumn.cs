using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>A column of a result; its mode is always NULLABLE.</summary>
internal readonly record struct QueryColumn(string Name, DataType Type);
