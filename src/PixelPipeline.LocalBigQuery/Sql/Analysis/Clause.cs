namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>Where an expression stands: which functions it may call, and whether it sees the SELECT list's aliases.</summary>
/// <param name="Name">As messages call it: <c>WHERE clause</c>.</param>
/// <param name="Aggregates">Whether COUNT and the like may be called.</param>
/// <param name="Windows">Whether functions with OVER may be called.</param>
/// <param name="Aliases">The aliases of the SELECT list, with the expressions behind them; null stands for an ambiguous one.</param>
/// <param name="AliasesWin">Whether an alias is meant by a name that is both an alias and a column; otherwise that is refused.</param>
internal sealed record Clause(string Name, bool Aggregates = false, bool Windows = false, IReadOnlyDictionary<string, Bound?>? Aliases = null, bool AliasesWin = false)
{
    public static readonly Clause Select = new("SELECT list", Aggregates: true, Windows: true);
    public static readonly Clause From = new("FROM clause");
    public static readonly Clause Where = new("WHERE clause");
    public static readonly Clause GroupBy = new("GROUP BY clause", AliasesWin: true);
    public static readonly Clause Limit = new("LIMIT clause");

    /// <summary>Of an aggregate function that stands here: an alias that wins here is meant there, too.</summary>
    public Clause AggregateArgument => new("argument of an aggregate function", Aliases: AliasesWin ? Aliases : null, AliasesWin: AliasesWin);

    /// <summary>Of a window function that stands here.</summary>
    public Clause WindowArgument => new("argument of a window function", Aggregates, Aliases: Aliases);
}
