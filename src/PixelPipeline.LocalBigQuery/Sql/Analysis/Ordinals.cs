using PixelPipeline.LocalBigQuery.Sql.Syntax;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Integers in GROUP BY and ORDER BY, which stand for columns of the SELECT list, from 1.</summary>
internal static class Ordinals
{
    /// <summary>The column meant; null when the expression is no integer literal.</summary>
    /// <exception cref="GoogleSqlException">There is no such column, or a constant stands there.</exception>
    public static Bound? Find(Expression expression, IReadOnlyList<Bound> columns, string clause) => expression switch
    {
        LiteralExpression { Type: SqlType.Int64, Value: long number } => number >= 1 && number <= columns.Count
            ? columns[(int)number - 1]
            : throw new GoogleSqlException($"{clause} is out of SELECT column number range: {number}", expression.Position),
        LiteralExpression or TypedLiteral => throw new GoogleSqlException($"Cannot {clause} literal values", expression.Position),
        _ => null,
    };
}
