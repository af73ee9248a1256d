namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// The relations of one query level: the statement itself, or one subquery in an expression. Those that are used in several
/// places are written as the common tables of that level.
/// </summary>
internal sealed class Arena
{
    /// <summary>More relations than this in a statement is hostile or an accident.</summary>
    private const int MaxRelations = 1_000;

    private readonly List<Relation> _relations = [];
    private readonly NodeIds _ids;

    public Arena(NodeIds ids) => _ids = ids;

    /// <summary>In the order in which they were made: one reads only those before it.</summary>
    public IReadOnlyList<Relation> Relations => _relations;

    /// <summary>What the subquery takes from the query around it.</summary>
    public List<OuterRef> Outer { get; } = [];

    public T Add<T>(T relation)
        where T : Relation
    {
        relation.Id = _ids.Next();
        _relations.Add(relation);
        return relation.Id < MaxRelations
            ? relation
            : throw new GoogleSqlException("Not enough resources for query planning: too many subqueries or tables", failure: QueryFailure.ResourcesExceeded);
    }

    /// <summary>A place in FROM for the relation.</summary>
    public RelationUse Use(Relation relation)
    {
        relation.Uses++;
        return new RelationUse(relation, _ids.Next());
    }

    public Arena Subquery() => new(_ids);
}

/// <summary>The numbers that stand for names in one statement.</summary>
internal sealed class NodeIds
{
    private int _last;

    public int Next() => ++_last;
}
