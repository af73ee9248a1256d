using PixelPipeline.LocalBigQuery.Sql.Syntax;

namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>
/// A statement that has no answer: it does not parse, uses what is not supported, names what is not there, or fails
/// on the data (division by zero, overflow). The message is fit for the person who wrote the statement.
/// </summary>
internal sealed class GoogleSqlException : Exception
{
    /// <summary>Says what is wrong, and where when that is known: <c>Unrecognized name: usr at [1:8]</c>.</summary>
    public GoogleSqlException(string message, SourcePosition? position = null, QueryFailure failure = QueryFailure.InvalidQuery)
        : base(position is { } at ? $"{message} at [{at.Line}:{at.Column}]" : message)
    {
        Position = position;
        Failure = failure;
    }

    /// <summary>Line and column, both from 1; null when the data, not the text, is at fault.</summary>
    public SourcePosition? Position { get; }

    /// <summary>Which of BigQuery's error reasons it is.</summary>
    public QueryFailure Failure { get; }
}
