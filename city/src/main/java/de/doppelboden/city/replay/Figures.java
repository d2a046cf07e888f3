package de.doppelboden.city.replay;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one group got.
 *
 * @param cases citizens who came in the scenes
 * @param served who got what they came for, those with a provisional receipt included
 * @param onPaper whose matter was taken down on paper, as the standby's page told the clerk
 * @param requests pages asked for and forms sent
 * @param lostUserMinutes minutes of citizens at desks at which nothing worked, in the scenes
 * @param extrapolatedUserMinutes the same for the skipped hours, extrapolated from the end of the scene before
 * @param acknowledged cases of which somebody was told that it is recorded
 * @param lost acknowledged, and neither in the register nor on the worklist
 * @param doubled recorded more than once
 * @param timeToGoodMs from the first limping request to the first instant from which two seconds of requests were good; null: never
 * @param excessSwitches changes of side beyond there and back that anybody saw
 * @param blockedShown pages with a blocked person before somebody without the right
 * @param sidesEqualAfterReturn null where there is only one side
 */
public record Figures(
        int cases,
        int served,
        int provisional,
        int onPaper,
        int sentAway,
        int requests,
        int failed,
        int late,
        double lostUserMinutes,
        double extrapolatedUserMinutes,
        int acknowledged,
        int lost,
        int doubled,
        int conflicts,
        int worklist,
        @Nullable Long timeToGoodMs,
        int excessSwitches,
        int blockedShown,
        @Nullable Boolean sidesEqualAfterReturn) {

    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("cases", cases)
                .put("served", served)
                .put("provisional", provisional)
                .put("onPaper", onPaper);
        json.put("sentAway", sentAway)
                .put("requests", requests)
                .put("failed", failed)
                .put("late", late);
        json.put("lostUserMinutes", rounded(lostUserMinutes));
        json.put("extrapolatedUserMinutes", rounded(extrapolatedUserMinutes));
        json.put("acknowledged", acknowledged).put("lost", lost).put("doubled", doubled);
        json.put("conflicts", conflicts).put("worklist", worklist);
        json.put("timeToGoodMs", timeToGoodMs);
        json.put("excessSwitches", excessSwitches).put("blockedShown", blockedShown);
        json.put("sidesEqualAfterReturn", sidesEqualAfterReturn);
        return json;
    }

    private static double rounded(double minutes) {
        return Math.round(minutes * 10) / 10.0;
    }
}
