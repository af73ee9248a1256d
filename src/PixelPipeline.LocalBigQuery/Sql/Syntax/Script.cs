using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>A query with the functions and variables that stand before it.</summary>
internal sealed record Script(IReadOnlyDictionary<string, SqlFunction> Functions, IReadOnlyList<Variable> Variables, Query Query);

/// <summary><c>DECLARE names [type] [DEFAULT value]</c>, or SET where the names have been declared.</summary>
internal sealed record Variable(SourcePosition Position, IReadOnlyList<string> Names, DataType? Type, Expression? Value);
