namespace PixelPipeline.Dashboard.Questions;

/// <summary>A query over the events of a span of time.</summary>
/// <param name="Sql">GoogleSQL with the parameters <c>@from</c> and <c>@to</c>; no text from a request or a row is in it.</param>
/// <param name="From">The first instant that counts, UTC.</param>
/// <param name="To">The first instant that counts no more, UTC.</param>
public sealed record Question(string Sql, DateTime From, DateTime To)
{
    /// <summary>The same question with its times written in, for people to run: <c>./pixel query '…'</c>.</summary>
    public string Statement => Sql
        .Replace("@from", Literal(From), StringComparison.Ordinal)
        .Replace("@to", Literal(To), StringComparison.Ordinal);

    private static string Literal(DateTime time) => FormattableString.Invariant($"TIMESTAMP '{time:yyyy-MM-dd HH:mm:ss}+00'");
}
