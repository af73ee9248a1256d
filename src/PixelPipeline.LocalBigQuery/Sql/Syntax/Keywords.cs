using System.Collections.Frozen;

namespace PixelPipeline.LocalBigQuery.Sql.Syntax;

/// <summary>
/// The reserved words of <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/lexical">GoogleSQL's
/// lexical structure</see>: unquoted, they are never a name.
/// </summary>
internal static class Keywords
{
    private static readonly FrozenSet<string> Reserved = (
        "ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS CREATE CROSS CUBE CURRENT " +
        "DEFAULT DEFINE DESC DISTINCT ELSE END ENUM ESCAPE EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH FOLLOWING FOR FROM " +
        "FULL GROUP GROUPING GROUPS HASH HAVING IF IGNORE IN INNER INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT LIKE " +
        "LIMIT LOOKUP MERGE NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER PARTITION PRECEDING PROTO QUALIFY " +
        "RANGE RECURSIVE RESPECT RIGHT ROLLUP ROWS SELECT SET SOME STRUCT TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION " +
        "UNNEST USING WHEN WHERE WINDOW WITH WITHIN")
        .Split(' ').ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the word is reserved, whatever its case.</summary>
    public static bool IsReserved(string word) => Reserved.Contains(word);
}
