using System.Text;
using PixelPipeline.LocalBigQuery.Sql.Functions;
using PixelPipeline.LocalBigQuery.Sql.Types;

namespace PixelPipeline.LocalBigQuery.Sql.Analysis;

/// <summary>
/// Writes relations and expressions as SQLite's SQL. Values go into <see cref="Parameters"/>, never into the text.
/// </summary>
internal sealed class SqlWriter
{
    private readonly Dictionary<object, int> _numbers = [];
    private StringBuilder _text = new();

    /// <summary>The values of ?1, ?2, …: long, double, string, byte[] or null.</summary>
    public List<object?> Parameters { get; } = [];

    /// <summary>The functions that the SQL calls and SQLite has to be given.</summary>
    public HashSet<SqliteFunction> Functions { get; } = [];

    /// <summary>The relation with the common tables that it needs, as one query.</summary>
    public string RenderQuery(Arena arena, Relation root)
    {
        root.UseAll();
        var body = root.Definition(this);
        List<string> tables = [];
        for (var i = arena.Relations.Count - 1; i >= 0; i--)
        {
            var relation = arena.Relations[i];
            if (relation.IsUsed && relation != root)
            {
                tables.Add($"r{relation.Id} AS ({relation.Definition(this)})");
            }
        }

        tables.Reverse();
        return tables.Count == 0 ? body : $"WITH {string.Join(", ", tables)} {body}";
    }

    /// <summary>What <paramref name="write"/> writes, by itself.</summary>
    public string Capture(Action<SqlWriter> write)
    {
        var outer = _text;
        _text = new StringBuilder();
        write(this);
        var captured = _text.ToString();
        _text = outer;
        return captured;
    }

    public SqlWriter Append(string sql)
    {
        _text.Append(sql);
        return this;
    }

    public void AppendList<T>(string keyword, IEnumerable<T> items, Action<SqlWriter, T> write)
    {
        _text.Append(keyword);
        var first = true;
        foreach (var item in items)
        {
            _text.Append(first ? "" : ", ");
            write(this, item);
            first = false;
        }
    }

    public void AppendUse(RelationUse use)
    {
        use.Relation.IsUsed = true;
        _text.Append($"r{use.Relation.Id} AS t{use.Id}");
    }

    /// <summary>A value, as a parameter that the same values share: those of one type and the same bits, so that -0.0 is not 0.0.</summary>
    public void AppendConstant(object? value)
    {
        if (value is null)
        {
            _text.Append("NULL");
            return;
        }

        object key = value switch
        {
            byte[] bytes => (typeof(byte[]), Convert.ToHexString(bytes)),
            double real => (typeof(double), BitConverter.DoubleToInt64Bits(real)),
            _ => value,
        };
        if (!_numbers.TryGetValue(key, out var number))
        {
            Parameters.Add(value);
            _numbers[key] = number = Parameters.Count;
        }

        _text.Append($"?{number}");
    }

    public void AppendFunction(SqliteFunction function) => _text.Append(Name(function));

    /// <summary>The name by which SQL calls the function.</summary>
    public string Name(SqliteFunction function)
    {
        Functions.Add(function);
        return function.SqliteName;
    }

    /// <summary>An expression to group or order by, compared as its type compares.</summary>
    public void AppendKey(Bound key)
    {
        key.Write(this);
        _text.Append(key.Type == SqlType.Numeric ? Collation.Numeric : "");
    }
}
