using PixelPipeline.Dashboard.Questions;

namespace PixelPipeline.Dashboard.Panels;

/// <summary>Visitors, views and events, beside those of the period before, and the machines' share of all events.</summary>
internal sealed class FiguresPanel() : Panel("figures", "In all")
{
    internal override Question Ask(Asking asking) => VisitsQuestion.AskFigures(asking);

    internal override async Task<PanelContent> ReadAsync(Reading reading, CancellationToken cancellationToken) =>
        Shape(await reading.Visits.WaitAsync(cancellationToken), reading.Asking);

    internal override PanelContent Shape(Answer answer, Asking asking)
    {
        Figures Of(bool isNow) => answer.Rows.FirstOrDefault(r => r[0] is bool now && now == isNow) is { } row
            ? new Figures((long)row[3]!, (long)row[4]!, (long)row[5]!, (long)row[6]!, (long)row[7]!)
            : new Figures(0, 0, 0, 0, 0);
        return new FiguresContent(Of(true), Of(false));
    }
}
